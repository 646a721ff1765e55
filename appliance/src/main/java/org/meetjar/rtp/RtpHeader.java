package org.meetjar.rtp;

/** The fields of an RTP packet in place, RFC 3550 section 5.1. */
public final class RtpHeader {
  /** Octets of the header without contributing sources and extension. */
  public static final int FIXED_LENGTH = 12;

  private RtpHeader() {}

  /** Whether version, lengths of header, extension and padding agree with the packet's length. */
  public static boolean isValid(byte[] b, int offset, int length) {
    if (length < FIXED_LENGTH || (b[offset] & 0xc0) != 0x80) {
      return false;
    }
    int header = FIXED_LENGTH + 4 * (b[offset] & 0x0f);
    if ((b[offset] & 0x10) != 0) {
      if (length < header + 4) {
        return false;
      }
      header += 4 + 4 * BigEndian.u16(b, offset + header + 2);
    }
    if (length < header) {
      return false;
    }
    if ((b[offset] & 0x20) != 0) {
      int padding = b[offset + length - 1] & 0xff;
      return padding > 0 && header + padding <= length;
    }
    return true;
  }

  public static boolean marker(byte[] b, int offset) {
    return (b[offset + 1] & 0x80) != 0;
  }

  public static void marker(byte[] b, int offset, boolean marker) {
    b[offset + 1] = (byte) ((b[offset + 1] & 0x7f) | (marker ? 0x80 : 0));
  }

  public static int payloadType(byte[] b, int offset) {
    return b[offset + 1] & 0x7f;
  }

  public static void payloadType(byte[] b, int offset, int payloadType) {
    b[offset + 1] = (byte) ((b[offset + 1] & 0x80) | (payloadType & 0x7f));
  }

  public static int sequence(byte[] b, int offset) {
    return BigEndian.u16(b, offset + 2);
  }

  public static void sequence(byte[] b, int offset, int sequence) {
    BigEndian.put16(b, offset + 2, sequence);
  }

  public static int timestamp(byte[] b, int offset) {
    return BigEndian.i32(b, offset + 4);
  }

  public static void timestamp(byte[] b, int offset, int timestamp) {
    BigEndian.put32(b, offset + 4, timestamp);
  }

  public static int ssrc(byte[] b, int offset) {
    return BigEndian.i32(b, offset + 8);
  }

  public static void ssrc(byte[] b, int offset, int ssrc) {
    BigEndian.put32(b, offset + 8, ssrc);
  }

  /** Octets of the header with contributing sources and extension, of a valid packet. */
  public static int length(byte[] b, int offset) {
    int header = FIXED_LENGTH + 4 * (b[offset] & 0x0f);
    if ((b[offset] & 0x10) != 0) {
      header += 4 + 4 * BigEndian.u16(b, offset + header + 2);
    }
    return header;
  }

  /** Octets of padding at the end of a valid packet. */
  public static int padding(byte[] b, int offset, int length) {
    return (b[offset] & 0x20) != 0 ? b[offset + length - 1] & 0xff : 0;
  }
}
