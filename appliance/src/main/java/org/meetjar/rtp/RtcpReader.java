package org.meetjar.rtp;

/** Reads compound RTCP packets, RFC 3550 section 6.1. What is not known is passed over. */
public final class RtcpReader {
  static final int SR = 200;
  static final int RR = 201;
  static final int SDES = 202;
  static final int BYE = 203;
  static final int RTPFB = 205;
  static final int PSFB = 206;

  /** What application layer feedback begins with that is an estimate: its name in ASCII. */
  static final int REMB = 0x52454d42;

  /** The number of lost packets that one compound packet may name. */
  private static final int MAX_NACKED = 512;

  private RtcpReader() {}

  /** What came of reading. */
  public enum Verdict {
    READ,
    /** Some part was malformed; what stood before it was read. */
    MALFORMED
  }

  public static Verdict read(byte[] b, int offset, int length, RtcpVisitor visitor) {
    int at = offset;
    int end = offset + length;
    int nacksLeft = MAX_NACKED;
    if (length < 8) {
      return Verdict.MALFORMED;
    }
    while (at < end) {
      if (end - at < 4 || (b[at] & 0xc0) != 0x80) {
        return Verdict.MALFORMED;
      }
      int size = 4 + 4 * BigEndian.u16(b, at + 2);
      if (size > end - at) {
        return Verdict.MALFORMED;
      }
      int body = size - padding(b, at, size);
      if (body < 4) {
        return Verdict.MALFORMED;
      }
      int left = packet(b, at, body, visitor, nacksLeft);
      if (left < 0) {
        return Verdict.MALFORMED;
      }
      nacksLeft = left;
      at += size;
    }
    return Verdict.READ;
  }

  private static int padding(byte[] b, int at, int size) {
    return (b[at] & 0x20) != 0 ? b[at + size - 1] & 0xff : 0;
  }

  /** Returns how many NACKs may still be read, negative if the packet is malformed. */
  private static int packet(byte[] b, int at, int size, RtcpVisitor visitor, int nacksLeft) {
    int count = b[at] & 0x1f;
    boolean ok =
        switch (b[at + 1] & 0xff) {
          case SR -> senderReport(b, at, size, count, visitor);
          case RR -> blocks(b, at + 8, at + size, count, visitor);
          case BYE -> bye(b, at, size, count, visitor);
          case PSFB -> payloadFeedback(b, at, size, count, visitor);
          case RTPFB -> {
            if (size >= 12 && count == 1) {
              yield (nacksLeft = nacks(b, at, size, visitor, nacksLeft)) >= 0;
            }
            if (size >= 20 && count == 15) {
              visitor.transportFeedback(b, at, size);
            }
            yield size >= 12;
          }
          default -> true;
        };
    return ok ? nacksLeft : -1;
  }

  private static boolean senderReport(byte[] b, int at, int size, int count, RtcpVisitor visitor) {
    if (size < 28) {
      return false;
    }
    visitor.senderReport(
        BigEndian.i32(b, at + 4), BigEndian.i64(b, at + 8), BigEndian.i32(b, at + 16));
    return blocks(b, at + 28, at + size, count, visitor);
  }

  private static boolean blocks(byte[] b, int start, int end, int count, RtcpVisitor visitor) {
    if (end - start < 24 * count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int at = start + 24 * i;
      visitor.reportBlock(
          BigEndian.i32(b, at),
          b[at + 4] & 0xff,
          BigEndian.i32(b, at + 16),
          BigEndian.i32(b, at + 20) & 0xffffffffL);
    }
    return true;
  }

  private static boolean bye(byte[] b, int at, int size, int count, RtcpVisitor visitor) {
    if (size < 4 + 4 * count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      visitor.bye(BigEndian.i32(b, at + 4 + 4 * i));
    }
    return true;
  }

  private static boolean payloadFeedback(
      byte[] b, int at, int size, int format, RtcpVisitor visitor) {
    if (size < 12) {
      return false;
    }
    if (format == 1) {
      visitor.keyFrameRequest(BigEndian.i32(b, at + 8));
    } else if (format == 4) {
      for (int entry = at + 12; entry + 8 <= at + size; entry += 8) {
        visitor.keyFrameRequest(BigEndian.i32(b, entry));
      }
    } else if (format == 15 && size >= 20 && BigEndian.i32(b, at + 12) == REMB) {
      visitor.receiverEstimate(estimate(b, at + 16));
    }
    return true;
  }

  /** Eight bits of count, six of exponent, eighteen of mantissa. */
  private static long estimate(byte[] b, int at) {
    int exponent = (b[at + 1] & 0xff) >> 2;
    long mantissa = BigEndian.u24(b, at + 1) & 0x3ffff;
    boolean fits = exponent < Long.numberOfLeadingZeros(mantissa) - 1;
    return mantissa == 0 ? 0 : fits ? mantissa << exponent : Long.MAX_VALUE;
  }

  private static int nacks(byte[] b, int at, int size, RtcpVisitor visitor, int allowed) {
    int source = BigEndian.i32(b, at + 8);
    int left = allowed;
    for (int entry = at + 12; entry + 4 <= at + size; entry += 4) {
      int sequence = BigEndian.u16(b, entry);
      int following = BigEndian.u16(b, entry + 2);
      if (left-- > 0) {
        visitor.nack(source, sequence);
      }
      for (int bit = 0; bit < 16; bit++) {
        if ((following & 1 << bit) != 0 && left-- > 0) {
          visitor.nack(source, sequence + bit + 1 & 0xffff);
        }
      }
    }
    return Math.max(0, left);
  }
}
