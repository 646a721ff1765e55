package org.meetjar.load.check;

/** Counts durations in buckets of 3 %: percentiles without keeping what was counted. */
public final class Histogram {
  /** Buckets for each doubling. */
  private static final int STEPS = 32;

  private static final int SHIFT = 5;

  private final long[] counts = new long[STEPS * 53];
  private long count;
  private long max;

  /** Takes a duration; what is negative counts as zero. */
  public void add(long nanos) {
    long value = Math.max(0, nanos);
    counts[bucket(value >>> 8)]++;
    count++;
    max = Math.max(max, value);
  }

  public long count() {
    return count;
  }

  public double maxMs() {
    return max / 1e6;
  }

  /**
   * The duration that a share of all does not exceed, 0 when nothing was counted.
   *
   * @param share between 0 and 1
   */
  public double percentileMs(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int i = 0; i < counts.length && count > 0; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(max, upperBound(i) << 8) / 1e6;
      }
    }
    return 0;
  }

  public void clear() {
    java.util.Arrays.fill(counts, 0);
    count = 0;
    max = 0;
  }

  private static int bucket(long units) {
    if (units < STEPS) {
      return (int) units;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(units) - SHIFT;
    return (exponent + 1) * STEPS + (int) (units >>> exponent) - STEPS;
  }

  private static long upperBound(int bucket) {
    if (bucket < STEPS) {
      return bucket + 1L;
    }
    int exponent = bucket / STEPS - 1;
    return (bucket % STEPS + STEPS + 1L) << exponent;
  }
}
