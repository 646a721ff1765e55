package org.meetjar.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Writes STUN messages into an array of its own, which is used again after {@link #begin}.
 * Integrity and fingerprint come last, in this order. Not for sharing between threads.
 */
public final class StunWriter {
  static final int FINGERPRINT_MASK = 0x5354554E;

  private final CRC32 crc = new CRC32();
  private byte[] bytes = new byte[256];
  private int length = StunMessage.HEADER;

  public StunWriter() {}

  public StunWriter(int method, MessageClass messageClass, byte[] transactionId) {
    begin(method, messageClass, transactionId);
  }

  /** Begins a message in the place of the one before. */
  public StunWriter begin(int method, MessageClass messageClass, byte[] transactionId) {
    begin(method, messageClass);
    System.arraycopy(transactionId, 0, bytes, 8, StunMessage.TRANSACTION_ID);
    return this;
  }

  /** Begins a message with a transaction id in two parts. */
  public StunWriter begin(int method, MessageClass messageClass, long head, int tail) {
    begin(method, messageClass);
    putLong(8, head);
    putInt(16, tail);
    return this;
  }

  /** Begins the answer to a request; makes no garbage. */
  public StunWriter answer(StunMessage request, MessageClass messageClass) {
    return begin(
        request.method(), messageClass, request.transactionHead(), request.transactionTail());
  }

  private void begin(int method, MessageClass messageClass) {
    int code = messageClass.ordinal();
    int type =
        (method & 0x000F)
            | (method & 0x0070) << 1
            | (method & 0x0F80) << 2
            | (code & 1) << 4
            | (code & 2) << 7;
    putShort(0, type);
    putShort(2, 0);
    putInt(4, StunMessage.MAGIC_COOKIE);
    length = StunMessage.HEADER;
  }

  public StunWriter add(int type, byte[] value) {
    int at = room(type, value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    return this;
  }

  public StunWriter add(int type, String text) {
    return add(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an attribute without value. */
  public StunWriter add(int type) {
    room(type, 0);
    return this;
  }

  /** Adds a four-byte number. */
  public StunWriter add(int type, int number) {
    int at = room(type, 4);
    putInt(at, number);
    return this;
  }

  /** Adds an eight-byte number. */
  public StunWriter add(int type, long number) {
    int at = room(type, 8);
    putLong(at, number);
    return this;
  }

  /** Adds an address, XORed as RFC 8489 section 14.2 has it. */
  public StunWriter add(int type, InetSocketAddress address) {
    int at = room(type, XorAddress.sizeOf(address));
    XorAddress.write(address, bytes, at, 0);
    return this;
  }

  public StunWriter addError(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int at = room(Attribute.ERROR_CODE, 4 + text.length);
    putInt(at, (code / 100) << 8 | code % 100);
    System.arraycopy(text, 0, bytes, at + 4, text.length);
    return this;
  }

  public StunWriter add(Integrity integrity) {
    int attributeAt = length;
    int at = room(integrity.attribute(), integrity.size());
    byte[] digest = integrity.digest(bytes, 0, attributeAt, integrity.size());
    System.arraycopy(digest, 0, bytes, at, integrity.size());
    return this;
  }

  public StunWriter addFingerprint() {
    int at = room(Attribute.FINGERPRINT, 4);
    crc.reset();
    crc.update(bytes, 0, at - 4);
    putInt(at, (int) crc.getValue() ^ FINGERPRINT_MASK);
    return this;
  }

  /** Where the message is written, from 0 to {@link #length}; good until the next change. */
  public byte[] buffer() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** A copy of the message. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Makes room for an attribute and returns where its value goes. */
  private int room(int type, int size) {
    int value = length + 4;
    int end = value + (size + 3 & ~3);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end));
    }
    putShort(length, type);
    putShort(length + 2, size);
    Arrays.fill(bytes, value + size, end, (byte) 0);
    length = end;
    putShort(2, length - StunMessage.HEADER);
    return value;
  }

  private void putShort(int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  private void putInt(int at, int value) {
    putShort(at, value >>> 16);
    putShort(at + 2, value);
  }

  private void putLong(int at, long value) {
    putInt(at, (int) (value >>> 32));
    putInt(at + 4, (int) value);
  }
}
