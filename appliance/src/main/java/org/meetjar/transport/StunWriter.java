package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes STUN messages (RFC 8489) into an array of its own, which is used again for each. */
final class StunWriter {
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[768];
  private int length;

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Begins a message with the transaction id that lies at {@code idAt}. */
  StunWriter begin(int type, byte[] id, int idAt) {
    putInt16(0, type);
    putInt32(4, StunMessage.MAGIC_COOKIE);
    System.arraycopy(id, idAt, buffer, 8, StunMessage.TRANSACTION_ID_BYTES);
    length = StunMessage.HEADER_BYTES;
    return this;
  }

  StunWriter flag(int attribute) {
    header(attribute, 0);
    return this;
  }

  StunWriter int32(int attribute, int value) {
    putInt32(header(attribute, 4), value);
    return this;
  }

  StunWriter int64(int attribute, long value) {
    int at = header(attribute, 8);
    putInt32(at, (int) (value >>> 32));
    putInt32(at + 4, (int) value);
    return this;
  }

  StunWriter text(int attribute, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, buffer, header(attribute, bytes.length), bytes.length);
    return this;
  }

  StunWriter error(int code, String reason) {
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    int at = header(StunMessage.ERROR_CODE, 4 + bytes.length);
    putInt32(at, (code / 100) << 8 | code % 100);
    System.arraycopy(bytes, 0, buffer, at + 4, bytes.length);
    return this;
  }

  StunWriter unknownAttributes(StunMessage of) {
    int at = header(StunMessage.UNKNOWN_ATTRIBUTES, 2 * of.unknownCount());
    for (int i = 0; i < of.unknownCount(); i++) {
      putInt16(at + 2 * i, of.unknown(i));
    }
    return this;
  }

  StunWriter xorMappedAddress(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    int at = header(StunMessage.XOR_MAPPED_ADDRESS, 4 + ip.length);
    putInt16(at, ip.length == 4 ? 1 : 2);
    putInt16(at + 2, address.getPort() ^ StunMessage.MAGIC_COOKIE >>> 16);
    for (int i = 0; i < ip.length; i++) {
      // The cookie and the transaction id behind it are the mask.
      buffer[at + 4 + i] = (byte) (ip[i] ^ buffer[4 + i]);
    }
    return this;
  }

  /** Ends the message with MESSAGE-INTEGRITY and FINGERPRINT. */
  void sign(StunMac mac) {
    int attributeAt = length;
    int at = header(StunMessage.MESSAGE_INTEGRITY, StunMac.BYTES);
    System.arraycopy(mac.digest(buffer, 0, attributeAt), 0, buffer, at, StunMac.BYTES);
    int signed = length;
    int fingerprintAt = header(StunMessage.FINGERPRINT, 4);
    crc.reset();
    crc.update(buffer, 0, signed);
    putInt32(fingerprintAt, (int) crc.getValue() ^ StunMessage.FINGERPRINT_XOR);
  }

  /** Makes room for an attribute and returns where its value goes. */
  private int header(int attribute, int size) {
    int value = length + 4;
    putInt16(length, attribute);
    putInt16(length + 2, size);
    int end = value + (size + 3 & ~3);
    for (int i = value + size; i < end; i++) {
      buffer[i] = 0;
    }
    length = end;
    putInt16(2, length - StunMessage.HEADER_BYTES);
    return value;
  }

  private void putInt16(int at, int value) {
    buffer[at] = (byte) (value >>> 8);
    buffer[at + 1] = (byte) value;
  }

  private void putInt32(int at, int value) {
    putInt16(at, value >>> 16);
    putInt16(at + 2, value);
  }
}
