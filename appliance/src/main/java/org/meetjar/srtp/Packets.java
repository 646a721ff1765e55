package org.meetjar.srtp;

/** The few fields of RTP and RTCP headers that protection needs. */
final class Packets {
  static final int RTP_HEADER_BYTES = 12;
  static final int RTCP_HEADER_BYTES = 8;

  private Packets() {}

  /**
   * The length of an RTP header with its CSRCs and extension, RFC 3550 section 5.1, or -1 when that
   * is no RTP header.
   */
  static int rtpHeaderLength(byte[] buffer, int offset, int length) {
    if (length < RTP_HEADER_BYTES || (buffer[offset] & 0xC0) != 0x80) {
      return -1;
    }
    int header = RTP_HEADER_BYTES + 4 * (buffer[offset] & 0x0F);
    if ((buffer[offset] & 0x10) != 0) {
      if (length < header + 4) {
        return -1;
      }
      header += 4 + 4 * uint16(buffer, offset + header + 2);
    }
    return header <= length ? header : -1;
  }

  static int uint16(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
  }

  static int int32(byte[] buffer, int at) {
    return uint16(buffer, at) << 16 | uint16(buffer, at + 2);
  }

  static void putInt32(byte[] buffer, int at, int value) {
    buffer[at] = (byte) (value >>> 24);
    buffer[at + 1] = (byte) (value >>> 16);
    buffer[at + 2] = (byte) (value >>> 8);
    buffer[at + 3] = (byte) value;
  }

  /**
   * The 48-bit index (rollover counter and sequence number) that a sequence number stands for,
   * given the highest index so far: the nearest one, RFC 3711 appendix A. Negative when that would
   * lie before the stream's beginning.
   */
  static long index(long highest, int sequence) {
    if (highest < 0) {
      return sequence;
    }
    int delta = (short) (sequence - (int) highest);
    return highest + delta;
  }
}
