package org.meetjar.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

/**
 * A STUN message that was received: a view of its bytes. Attributes after MESSAGE-INTEGRITY are not
 * seen, but for MESSAGE-INTEGRITY-SHA256 and FINGERPRINT (RFC 8489 section 14.5). Immutable as long
 * as the bytes are.
 */
public final class StunMessage {
  public static final int HEADER = 20;
  public static final int MAGIC_COOKIE = 0x2112A442;

  /** More attributes than any client sends; a message with more is refused. */
  private static final int MAX_ATTRIBUTES = 64;

  private final byte[] bytes;
  private final int length;

  /** Triples of type, offset of the value, length of the value. */
  private final int[] attributes;

  private final int count;

  private StunMessage(byte[] bytes, int length, int[] attributes, int count) {
    this.bytes = bytes;
    this.length = length;
    this.attributes = attributes;
    this.count = count;
  }

  /** Whether the bytes begin as a STUN message: two zero bits and the magic cookie. */
  public static boolean looksLikeStun(byte[] buffer, int offset, int length) {
    return length >= HEADER
        && (buffer[offset] & 0xC0) == 0
        && readInt(buffer, offset + 4) == MAGIC_COOKIE;
  }

  /** Copies and reads a message; empty when it is not exactly one well-formed STUN message. */
  public static Optional<StunMessage> parse(byte[] buffer, int offset, int length) {
    if (!looksLikeStun(buffer, offset, length)
        || (length & 3) != 0
        || readShort(buffer, offset + 2) != length - HEADER) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
    int[] attributes = new int[24];
    int count = 0;
    int seen = 0;
    boolean sealed = false;
    int at = HEADER;
    while (at < length) {
      if (at + 4 > length || ++seen > MAX_ATTRIBUTES) {
        return Optional.empty();
      }
      int type = readShort(bytes, at);
      int size = readShort(bytes, at + 2);
      int padded = (size + 3) & ~3;
      if (at + 4 + padded > length) {
        return Optional.empty();
      }
      boolean trailer = type == Attribute.FINGERPRINT || type == Attribute.MESSAGE_INTEGRITY_SHA256;
      if (type == Attribute.FINGERPRINT && at + 4 + padded != length) {
        return Optional.empty();
      }
      if (!sealed || trailer) {
        if (count * 3 == attributes.length) {
          attributes = Arrays.copyOf(attributes, attributes.length * 2);
        }
        attributes[count * 3] = type;
        attributes[count * 3 + 1] = at + 4;
        attributes[count * 3 + 2] = size;
        count++;
      }
      sealed |= type == Attribute.MESSAGE_INTEGRITY || type == Attribute.MESSAGE_INTEGRITY_SHA256;
      at += 4 + padded;
    }
    StunMessage message = new StunMessage(bytes, length, attributes, count);
    return message.fingerprintHolds() ? Optional.of(message) : Optional.empty();
  }

  public int method() {
    int type = readShort(bytes, 0);
    return (type & 0x000F) | ((type & 0x00E0) >> 1) | ((type & 0x3E00) >> 2);
  }

  public MessageClass messageClass() {
    int type = readShort(bytes, 0);
    return MessageClass.values()[((type & 0x0010) >> 4) | ((type & 0x0100) >> 7)];
  }

  /** The 96-bit transaction id. */
  public byte[] transactionId() {
    return Arrays.copyOfRange(bytes, 8, HEADER);
  }

  public boolean has(int type) {
    return index(type) >= 0;
  }

  public Optional<byte[]> bytes(int type) {
    int index = index(type);
    return index < 0 ? Optional.empty() : Optional.of(value(index));
  }

  public Optional<String> text(int type) {
    return bytes(type).map(value -> new String(value, StandardCharsets.UTF_8));
  }

  /** The value of a four-byte attribute. */
  public Optional<Integer> number(int type) {
    return bytes(type).filter(value -> value.length == 4).map(value -> readInt(value, 0));
  }

  /**
   * The first address in an XORed attribute of this type; empty when there is none or it is
   * malformed.
   */
  public Optional<InetSocketAddress> address(int type) {
    int index = index(type);
    return index < 0 ? Optional.empty() : address(value(index));
  }

  /** Every address in XORed attributes of this type; empty when one of them is malformed. */
  public Optional<java.util.List<InetSocketAddress>> addresses(int type) {
    java.util.List<InetSocketAddress> all = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (attributes[i * 3] == type) {
        Optional<InetSocketAddress> one = address(value(i));
        if (one.isEmpty()) {
          return Optional.empty();
        }
        all.add(one.get());
      }
    }
    return Optional.of(all);
  }

  /** Tells of each attribute's type, in order. */
  public void forEachType(IntConsumer visitor) {
    for (int i = 0; i < count; i++) {
      visitor.accept(attributes[i * 3]);
    }
  }

  /**
   * Whether MESSAGE-INTEGRITY (HMAC-SHA1) is there and holds for the key; compared in constant
   * time.
   */
  public boolean integrityHolds(byte[] key) {
    return integrityHolds(Attribute.MESSAGE_INTEGRITY, "HmacSHA1", 20, key);
  }

  /**
   * Whether MESSAGE-INTEGRITY-SHA256 is there and holds for the key; it may be cut short to 16
   * bytes or more.
   */
  public boolean integritySha256Holds(byte[] key) {
    return integrityHolds(Attribute.MESSAGE_INTEGRITY_SHA256, "HmacSHA256", 16, key);
  }

  private boolean integrityHolds(int type, String algorithm, int minimum, byte[] key) {
    int index = index(type);
    if (index < 0) {
      return false;
    }
    byte[] sent = value(index);
    int end = attributes[index * 3 + 1] - 4;
    byte[] expected = Integrity.hmac(algorithm, key, bytes, end, end + 4 + sent.length - HEADER);
    return sent.length >= minimum
        && sent.length <= expected.length
        && sent.length % 4 == 0
        && MessageDigest.isEqual(sent, Arrays.copyOf(expected, sent.length));
  }

  private boolean fingerprintHolds() {
    int index = index(Attribute.FINGERPRINT);
    if (index < 0) {
      return true;
    }
    if (attributes[index * 3 + 2] != 4) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length - 8);
    return ((int) crc.getValue() ^ StunWriter.FINGERPRINT_MASK) == readInt(bytes, length - 4);
  }

  private Optional<InetSocketAddress> address(byte[] value) {
    if (value.length < 4) {
      return Optional.empty();
    }
    int family = value[1];
    int size = family == 1 ? 4 : family == 2 ? 16 : -1;
    if (value.length != 4 + size) {
      return Optional.empty();
    }
    int port = readShort(value, 2) ^ (MAGIC_COOKIE >>> 16);
    byte[] address = Arrays.copyOfRange(value, 4, 4 + size);
    for (int i = 0; i < size; i++) {
      address[i] ^= bytes[4 + i];
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
    } catch (UnknownHostException impossible) {
      return Optional.empty();
    }
  }

  private int index(int type) {
    for (int i = 0; i < count; i++) {
      if (attributes[i * 3] == type) {
        return i;
      }
    }
    return -1;
  }

  private byte[] value(int index) {
    int from = attributes[index * 3 + 1];
    return Arrays.copyOfRange(bytes, from, from + attributes[index * 3 + 2]);
  }

  static int readShort(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
  }

  static int readInt(byte[] buffer, int at) {
    return readShort(buffer, at) << 16 | readShort(buffer, at + 2);
  }
}
