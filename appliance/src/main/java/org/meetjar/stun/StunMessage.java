package org.meetjar.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.zip.CRC32;

/**
 * A look at one STUN message where it lies in a buffer: one instance can be used again for each
 * message. {@link #read} gives a verdict and never throws; the getters are good after it said yes,
 * as long as the buffer is not touched. Attributes after MESSAGE-INTEGRITY are not seen, but for
 * MESSAGE-INTEGRITY-SHA256 and FINGERPRINT (RFC 8489 section 14.5). Not for sharing between
 * threads.
 */
public final class StunMessage {
  public static final int HEADER = 20;
  public static final int TRANSACTION_ID = 12;
  public static final int MAGIC_COOKIE = 0x2112A442;

  /** More attributes than any client sends; a message with more is refused. */
  private static final int MAX_ATTRIBUTES = 64;

  /** How many unknown attributes are told to whoever sent them. */
  private static final int MAX_UNKNOWN = 8;

  private static final byte[] NOTHING = {};
  private static final MessageClass[] CLASSES = MessageClass.values();

  private final CRC32 crc = new CRC32();

  /** Triples of type, place of the value in the buffer, length of the value. */
  private int[] attributes = new int[3 * 12];

  private int count;
  private byte[] buffer = NOTHING;
  private int offset;
  private int length;

  /** Whether the bytes begin as a STUN message: two zero bits and the magic cookie. */
  public static boolean looksLikeStun(byte[] buffer, int offset, int length) {
    return length >= HEADER
        && (buffer[offset] & 0xC0) == 0
        && readInt(buffer, offset + 4) == MAGIC_COOKIE;
  }

  /** Copies and reads a message; empty when it is not exactly one well-formed STUN message. */
  public static Optional<StunMessage> parse(byte[] buffer, int offset, int length) {
    byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
    StunMessage message = new StunMessage();
    return message.read(copy, 0, length) ? Optional.of(message) : Optional.empty();
  }

  /**
   * Whether that is exactly one well-formed message; a FINGERPRINT, if there is one, is the last
   * attribute and holds.
   */
  public boolean read(byte[] bytes, int at, int size) {
    count = 0;
    if (!looksLikeStun(bytes, at, size)
        || (size & 3) != 0
        || readShort(bytes, at + 2) != size - HEADER) {
      return false;
    }
    buffer = bytes;
    offset = at;
    length = size;
    int end = at + size;
    boolean sealed = false;
    int seen = 0;
    int next;
    for (int here = at + HEADER; here < end; here = next) {
      if (++seen > MAX_ATTRIBUTES) {
        return false;
      }
      int type = readShort(bytes, here);
      int valueSize = readShort(bytes, here + 2);
      next = here + 4 + (valueSize + 3 & ~3);
      if (next > end) {
        return false;
      }
      if (type == Attribute.FINGERPRINT) {
        return next == end && valueSize == 4 && fingerprintHolds(here);
      }
      if (!sealed || type == Attribute.MESSAGE_INTEGRITY_SHA256) {
        add(type, here + 4, valueSize);
      }
      sealed |= type == Attribute.MESSAGE_INTEGRITY || type == Attribute.MESSAGE_INTEGRITY_SHA256;
    }
    return true;
  }

  private void add(int type, int at, int size) {
    if (3 * count == attributes.length) {
      attributes = Arrays.copyOf(attributes, 2 * attributes.length);
    }
    attributes[3 * count] = type;
    attributes[3 * count + 1] = at;
    attributes[3 * count++ + 2] = size;
  }

  private boolean fingerprintHolds(int attributeAt) {
    crc.reset();
    crc.update(buffer, offset, attributeAt - offset);
    return ((int) crc.getValue() ^ StunWriter.FINGERPRINT_MASK) == readInt(buffer, attributeAt + 4);
  }

  public int method() {
    int type = readShort(buffer, offset);
    return (type & 0x000F) | ((type & 0x00E0) >> 1) | ((type & 0x3E00) >> 2);
  }

  public MessageClass messageClass() {
    int type = readShort(buffer, offset);
    return CLASSES[((type & 0x0010) >> 4) | ((type & 0x0100) >> 7)];
  }

  /** The 96-bit transaction id, copied. */
  public byte[] transactionId() {
    return Arrays.copyOfRange(buffer, offset + 8, offset + HEADER);
  }

  /** The first eight bytes of the transaction id. */
  public long transactionHead() {
    return readLong(buffer, offset + 8);
  }

  /** The last four bytes of the transaction id. */
  public int transactionTail() {
    return readInt(buffer, offset + 16);
  }

  public boolean has(int type) {
    return index(type) >= 0;
  }

  /** The value, copied. */
  public Optional<byte[]> bytes(int type) {
    int index = index(type);
    return index < 0 ? Optional.empty() : Optional.of(value(index));
  }

  public Optional<String> text(int type) {
    int index = index(type);
    return index < 0
        ? Optional.empty()
        : Optional.of(new String(buffer, at(index), size(index), StandardCharsets.UTF_8));
  }

  /** The value of a four-byte attribute. */
  public Optional<Integer> number(int type) {
    int index = index(type);
    return index < 0 || size(index) != 4
        ? Optional.empty()
        : Optional.of(readInt(buffer, at(index)));
  }

  /** The value of an eight-byte attribute, or 0 when there is none of that length. */
  public long int64(int type) {
    int index = index(type);
    return index < 0 || size(index) != 8 ? 0 : readLong(buffer, at(index));
  }

  /** The code of an error response, 300 to 699, or 0 when there is none. */
  public int errorCode() {
    int index = index(Attribute.ERROR_CODE);
    return index < 0 || size(index) < 4
        ? 0
        : (buffer[at(index) + 2] & 7) * 100 + (buffer[at(index) + 3] & 0xFF);
  }

  /**
   * The first address in an XORed attribute of this type; empty when there is none or it is
   * malformed.
   */
  public Optional<InetSocketAddress> address(int type) {
    int index = index(type);
    return index < 0 ? Optional.empty() : address(at(index), size(index));
  }

  /** Every address in XORed attributes of this type; empty when one of them is malformed. */
  public Optional<List<InetSocketAddress>> addresses(int type) {
    List<InetSocketAddress> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (attributes[3 * i] == type) {
        Optional<InetSocketAddress> one = address(at(i), size(i));
        if (one.isEmpty()) {
          return Optional.empty();
        }
        all.add(one.get());
      }
    }
    return Optional.of(all);
  }

  private Optional<InetSocketAddress> address(int at, int size) {
    return XorAddress.read(buffer, at, size, offset);
  }

  /**
   * The types that have to be understood and are not known (RFC 8489 section 14.9), two bytes each:
   * the first few of them. Empty, and nothing is made, when there are none.
   */
  public byte[] unknown(IntPredicate known) {
    byte[] unknown = NOTHING;
    for (int i = 0; i < count && unknown.length < 2 * MAX_UNKNOWN; i++) {
      int type = attributes[3 * i];
      if (Attribute.comprehensionRequired(type) && !known.test(type)) {
        int used = unknown.length;
        unknown = Arrays.copyOf(unknown, used + 2);
        unknown[used] = (byte) (type >>> 8);
        unknown[used + 1] = (byte) type;
      }
    }
    return unknown;
  }

  /** Whether the attribute that the integrity is carried in is there and holds. */
  public boolean holds(Integrity integrity) {
    int index = index(integrity.attribute());
    return index >= 0 && integrity.holds(buffer, offset, at(index), size(index));
  }

  private int index(int type) {
    for (int i = 0; i < count; i++) {
      if (attributes[3 * i] == type) {
        return i;
      }
    }
    return -1;
  }

  private int at(int index) {
    return attributes[3 * index + 1];
  }

  private int size(int index) {
    return attributes[3 * index + 2];
  }

  private byte[] value(int index) {
    return Arrays.copyOfRange(buffer, at(index), at(index) + size(index));
  }

  /** How many bytes the message has, its header included. */
  public int length() {
    return length;
  }

  static int readShort(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
  }

  static int readInt(byte[] buffer, int at) {
    return readShort(buffer, at) << 16 | readShort(buffer, at + 2);
  }

  private static long readLong(byte[] buffer, int at) {
    return (long) readInt(buffer, at) << 32 | (readInt(buffer, at + 4) & 0xFFFF_FFFFL);
  }
}
