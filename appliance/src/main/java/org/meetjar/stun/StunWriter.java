package org.meetjar.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Writes one STUN message. Integrity and fingerprint come last, in this order. Not for sharing
 * between threads.
 */
public final class StunWriter {
  static final int FINGERPRINT_MASK = 0x5354554E;

  private byte[] bytes = new byte[256];
  private int length = StunMessage.HEADER;

  public StunWriter(int method, MessageClass messageClass, byte[] transactionId) {
    int code = messageClass.ordinal();
    int type =
        (method & 0x000F)
            | (method & 0x0070) << 1
            | (method & 0x0F80) << 2
            | (code & 1) << 4
            | (code & 2) << 7;
    putShort(0, type);
    putInt(4, StunMessage.MAGIC_COOKIE);
    System.arraycopy(transactionId, 0, bytes, 8, 12);
  }

  public StunWriter add(int type, byte[] value) {
    return add(type, value, 0, value.length);
  }

  public StunWriter add(int type, byte[] value, int offset, int size) {
    int padded = (size + 3) & ~3;
    if (length + 4 + padded > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + 4 + padded));
    }
    putShort(length, type);
    putShort(length + 2, size);
    System.arraycopy(value, offset, bytes, length + 4, size);
    length += 4 + padded;
    putShort(2, length - StunMessage.HEADER);
    return this;
  }

  public StunWriter add(int type, String text) {
    return add(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a four-byte number. */
  public StunWriter add(int type, int number) {
    return add(
        type,
        new byte[] {
          (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
        });
  }

  /** Adds an address, XORed as RFC 8489 section 14.2 has it. */
  public StunWriter add(int type, InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    byte[] value = new byte[4 + ip.length];
    value[1] = (byte) (ip.length == 4 ? 1 : 2);
    int port = address.getPort() ^ (StunMessage.MAGIC_COOKIE >>> 16);
    value[2] = (byte) (port >>> 8);
    value[3] = (byte) port;
    for (int i = 0; i < ip.length; i++) {
      value[4 + i] = (byte) (ip[i] ^ bytes[4 + i]);
    }
    return add(type, value);
  }

  public StunWriter addError(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] value = new byte[4 + text.length];
    value[2] = (byte) (code / 100);
    value[3] = (byte) (code % 100);
    System.arraycopy(text, 0, value, 4, text.length);
    return add(Attribute.ERROR_CODE, value);
  }

  public StunWriter addIntegrity(byte[] key) {
    byte[] mac = Integrity.hmac("HmacSHA1", key, bytes, length, length + 24 - StunMessage.HEADER);
    return add(Attribute.MESSAGE_INTEGRITY, mac);
  }

  public StunWriter addIntegritySha256(byte[] key) {
    byte[] mac = Integrity.hmac("HmacSHA256", key, bytes, length, length + 36 - StunMessage.HEADER);
    return add(Attribute.MESSAGE_INTEGRITY_SHA256, mac);
  }

  public StunWriter addFingerprint() {
    add(Attribute.FINGERPRINT, 0);
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length - 8);
    putInt(length - 4, (int) crc.getValue() ^ FINGERPRINT_MASK);
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void putShort(int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  private void putInt(int at, int value) {
    putShort(at, value >>> 16);
    putShort(at + 2, value);
  }
}
