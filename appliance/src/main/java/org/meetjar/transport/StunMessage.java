package org.meetjar.transport;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A look at one STUN message (RFC 8489) where it lies in a buffer: one instance is used again for
 * each message. {@link #parse} gives a verdict and never throws; the getters are good after it said
 * yes, as long as the buffer is not touched.
 */
final class StunMessage {
  static final int HEADER_BYTES = 20;
  static final int TRANSACTION_ID_BYTES = 12;
  static final int MAGIC_COOKIE = 0x2112A442;
  static final int FINGERPRINT_XOR = 0x5354554E;

  static final int BINDING_REQUEST = 0x0001;
  static final int BINDING_INDICATION = 0x0011;
  static final int BINDING_SUCCESS = 0x0101;
  static final int BINDING_ERROR = 0x0111;

  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000A;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int FINGERPRINT = 0x8028;
  static final int ICE_CONTROLLED = 0x8029;
  static final int ICE_CONTROLLING = 0x802A;

  private static final int MAX_UNKNOWN = 4;

  private final CRC32 crc = new CRC32();
  private final int[] unknown = new int[MAX_UNKNOWN];
  private byte[] buffer = new byte[0];
  private int offset;
  private int type;
  private int usernameAt;
  private int usernameBytes;
  private int integrityAt;
  private long priority;
  private boolean useCandidate;
  private boolean controlling;
  private boolean controlled;
  private long tieBreaker;
  private int errorCode;
  private int unknownCount;

  /**
   * Whether that is a well-formed STUN message; a FINGERPRINT, if there is one, has to be right.
   */
  boolean parse(byte[] bytes, int at, int length) {
    if (length < HEADER_BYTES
        || (bytes[at] & 0xC0) != 0
        || int32(bytes, at + 4) != MAGIC_COOKIE
        || uint16(bytes, at + 2) != length - HEADER_BYTES
        || (length & 3) != 0) {
      return false;
    }
    buffer = bytes;
    offset = at;
    type = uint16(bytes, at);
    usernameAt = -1;
    integrityAt = -1;
    priority = -1;
    useCandidate = false;
    controlling = false;
    controlled = false;
    errorCode = 0;
    unknownCount = 0;
    int position = HEADER_BYTES;
    while (position < length) {
      int attribute = uint16(bytes, at + position);
      int size = uint16(bytes, at + position + 2);
      int value = at + position + 4;
      if (position + 4 + size > length || !read(attribute, value, size, position)) {
        return false;
      }
      position += 4 + (size + 3 & ~3);
    }
    return position == length;
  }

  private boolean read(int attribute, int value, int size, int position) {
    if (attribute == FINGERPRINT) {
      return size == 4 && fingerprintMatches(position, value);
    }
    if (integrityAt >= 0) {
      // What follows MESSAGE-INTEGRITY is not protected by it and counts for nothing.
      return true;
    }
    switch (attribute) {
      case USERNAME -> {
        usernameAt = value;
        usernameBytes = size;
        return size <= 513;
      }
      case MESSAGE_INTEGRITY -> {
        integrityAt = position;
        return size == StunMac.BYTES;
      }
      case PRIORITY -> {
        priority = size == 4 ? int32(buffer, value) & 0xFFFF_FFFFL : -1;
        return size == 4;
      }
      case USE_CANDIDATE -> useCandidate = true;
      case ICE_CONTROLLING, ICE_CONTROLLED -> {
        if (size != 8) {
          return false;
        }
        controlling |= attribute == ICE_CONTROLLING;
        controlled |= attribute == ICE_CONTROLLED;
        tieBreaker = (long) int32(buffer, value) << 32 | (int32(buffer, value + 4) & 0xFFFF_FFFFL);
      }
      case ERROR_CODE -> {
        if (size < 4) {
          return false;
        }
        errorCode = (buffer[value + 2] & 7) * 100 + (buffer[value + 3] & 0xFF);
      }
      case XOR_MAPPED_ADDRESS, UNKNOWN_ATTRIBUTES -> {}
      default -> {
        if (attribute < 0x8000 && unknownCount < MAX_UNKNOWN) {
          unknown[unknownCount++] = attribute;
        }
      }
    }
    return true;
  }

  private boolean fingerprintMatches(int position, int value) {
    crc.reset();
    crc.update(buffer, offset, position);
    return ((int) crc.getValue() ^ FINGERPRINT_XOR) == int32(buffer, value);
  }

  int type() {
    return type;
  }

  /** The first eight bytes of the transaction id, enough to find the transaction. */
  long transactionKey() {
    return (long) int32(buffer, offset + 8) << 32 | (int32(buffer, offset + 12) & 0xFFFF_FFFFL);
  }

  /** The last four bytes of the transaction id. */
  int transactionRest() {
    return int32(buffer, offset + 16);
  }

  /** Where the transaction id begins in {@link #buffer}. */
  int transactionAt() {
    return offset + 8;
  }

  byte[] buffer() {
    return buffer;
  }

  /** The ufrag of the side that receives this request, or empty: what stands before the colon. */
  String localUfrag() {
    if (usernameAt < 0) {
      return "";
    }
    int colon = 0;
    while (colon < usernameBytes && buffer[usernameAt + colon] != ':') {
      colon++;
    }
    return colon == usernameBytes
        ? ""
        : new String(buffer, usernameAt, colon, StandardCharsets.ISO_8859_1);
  }

  /** The whole USERNAME, or empty. */
  String username() {
    return usernameAt < 0
        ? ""
        : new String(buffer, usernameAt, usernameBytes, StandardCharsets.UTF_8);
  }

  /** Whether the message carries a MESSAGE-INTEGRITY made with that password. */
  boolean isIntact(StunMac mac) {
    if (integrityAt < 0) {
      return false;
    }
    byte[] expected = mac.digest(buffer, offset, integrityAt);
    int difference = 0;
    for (int i = 0; i < StunMac.BYTES; i++) {
      difference |= expected[i] ^ buffer[offset + integrityAt + 4 + i];
    }
    return difference == 0;
  }

  /** PRIORITY, or -1. */
  long priority() {
    return priority;
  }

  boolean useCandidate() {
    return useCandidate;
  }

  boolean isFromControlling() {
    return controlling;
  }

  boolean isFromControlled() {
    return controlled;
  }

  long tieBreaker() {
    return tieBreaker;
  }

  /** The code of an error response, 300 to 699, or 0. */
  int errorCode() {
    return errorCode;
  }

  /** How many attributes there are that have to be understood and are not; at most a few. */
  int unknownCount() {
    return unknownCount;
  }

  int unknown(int index) {
    return unknown[index];
  }

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  static int int32(byte[] bytes, int at) {
    return uint16(bytes, at) << 16 | uint16(bytes, at + 2);
  }
}
