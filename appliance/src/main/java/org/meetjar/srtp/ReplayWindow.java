package org.meetjar.srtp;

/**
 * Which of the latest packet indices of one stream have been seen, RFC 3711 section 3.3.2. What is
 * older than the window counts as seen.
 */
final class ReplayWindow {
  /** A power of two. At a thousand packets a second it reaches back half a second. */
  static final int SIZE = 512;

  private static final int WORDS = SIZE / 64;

  private final long[] bits = new long[WORDS];
  private long highest = -1;

  /** The highest index seen, or -1. */
  long highest() {
    return highest;
  }

  boolean isFresh(long index) {
    if (index < 0) {
      return false;
    }
    if (index > highest) {
      return true;
    }
    return highest - index < SIZE && (bits[word(index)] & bit(index)) == 0;
  }

  /** Remembers an index that {@link #isFresh}. */
  void mark(long index) {
    if (index > highest) {
      if (highest < 0 || index - highest >= SIZE) {
        java.util.Arrays.fill(bits, 0);
      } else {
        for (long skipped = highest + 1; skipped < index; skipped++) {
          bits[word(skipped)] &= ~bit(skipped);
        }
      }
      highest = index;
    }
    bits[word(index)] |= bit(index);
  }

  private static int word(long index) {
    return (int) (index >>> 6) & (WORDS - 1);
  }

  private static long bit(long index) {
    return 1L << (index & 63);
  }
}
