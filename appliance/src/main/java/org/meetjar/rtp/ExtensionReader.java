package org.meetjar.rtp;

/**
 * Finds header extension elements in place, in their one- and two-byte forms, RFC 8285 section 4.
 */
public final class ExtensionReader {
  static final int ONE_BYTE = 0xbede;
  static final int TWO_BYTE = 0x1000;

  private byte[] bytes = new byte[0];
  private int next;
  private int end;
  private boolean oneByte;

  /** Identifier, offset and length of the current element. */
  int id;

  int dataOffset;
  int dataLength;

  /** Begins to read the extension of a valid packet. */
  void start(byte[] b, int offset) {
    bytes = b;
    next = 0;
    end = 0;
    if ((b[offset] & 0x10) == 0) {
      return;
    }
    int at = offset + RtpHeader.FIXED_LENGTH + 4 * (b[offset] & 0x0f);
    int profile = BigEndian.u16(b, at);
    oneByte = profile == ONE_BYTE;
    if (oneByte || (profile & 0xfff0) == TWO_BYTE) {
      next = at + 4;
      end = next + 4 * BigEndian.u16(b, at + 2);
    }
  }

  /** Goes to the next element; false when there is none, or what follows is malformed. */
  boolean next() {
    while (next < end) {
      int first = bytes[next] & 0xff;
      if (first == 0) {
        next++;
        continue;
      }
      if (oneByte) {
        id = first >> 4;
        dataLength = (first & 0x0f) + 1;
        dataOffset = next + 1;
        if (id == 15) {
          return false;
        }
      } else {
        if (next + 1 >= end) {
          return false;
        }
        id = first;
        dataLength = bytes[next + 1] & 0xff;
        dataOffset = next + 2;
      }
      next = dataOffset + dataLength;
      return next <= end;
    }
    return false;
  }

  /**
   * The value of an element of a valid packet.
   *
   * @param id its identifier; 0 finds nothing
   * @param octets how many of its leading octets are the value, at most 3
   * @return the value, or -1 when the packet has none of this identifier and length
   */
  public int value(byte[] b, int offset, int id, int octets) {
    if (id == 0) {
      return -1;
    }
    start(b, offset);
    while (next()) {
      if (this.id == id) {
        if (dataLength < octets) {
          return -1;
        }
        int value = 0;
        for (int i = 0; i < octets; i++) {
          value = (value << 8) | (bytes[dataOffset + i] & 0xff);
        }
        return value;
      }
    }
    return -1;
  }
}
