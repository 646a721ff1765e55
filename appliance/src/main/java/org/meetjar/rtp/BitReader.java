package org.meetjar.rtp;

/**
 * Reads bits of an array, most significant first. Reading past the end gives zeros, and is told.
 */
final class BitReader {
  private byte[] bytes = new byte[0];
  private int start;
  private int next;
  private int end;
  private boolean failed;

  void start(byte[] b, int offset, int length) {
    bytes = b;
    start = offset * 8;
    next = start;
    end = (offset + length) * 8;
    failed = false;
  }

  /** Whether more was read than there is. */
  boolean failed() {
    return failed;
  }

  /** Bits read so far. */
  int position() {
    return next - start;
  }

  boolean flag() {
    return bits(1) != 0;
  }

  /** An unsigned number of up to 31 bits. */
  int bits(int count) {
    if (next + count > end) {
      failed = true;
      next = end;
      return 0;
    }
    int value = 0;
    for (int i = 0; i < count; i++, next++) {
      value = value << 1 | bytes[next >> 3] >> 7 - (next & 7) & 1;
    }
    return value;
  }

  /** A number below {@code n}, as the AV1 specifications code it: ns(n). */
  int nonSymmetric(int n) {
    int width = 32 - Integer.numberOfLeadingZeros(n);
    int shorter = (1 << width) - n;
    int value = bits(width - 1);
    if (value < shorter) {
      return value;
    }
    return (value << 1) - shorter + bits(1);
  }

  /** An unsigned Exp-Golomb number, ITU-T H.264 section 9.1: ue(v). */
  int expGolomb() {
    int zeros = 0;
    while (!failed && bits(1) == 0) {
      zeros++;
    }
    if (zeros > 30) {
      failed = true;
      return 0;
    }
    return (1 << zeros) - 1 + bits(zeros);
  }

  /** A signed Exp-Golomb number: se(v). */
  int signedExpGolomb() {
    int code = expGolomb();
    return (code & 1) != 0 ? (code + 1) / 2 : -(code / 2);
  }
}
