package org.meetjar.rtp;

/** Arithmetic of 16-bit sequence numbers that wrap around, RFC 3550 appendix A.1. */
public final class SequenceNumbers {
  private SequenceNumbers() {}

  /** How far {@code a} is ahead of {@code b}, between -32768 and 32767. */
  public static int delta(int a, int b) {
    return (short) (a - b);
  }

  /** The number that ends in the sequence number's 16 bits and is nearest to the reference. */
  public static long extend(long reference, int sequence) {
    return reference + (short) (sequence - (int) reference);
  }
}
