package org.meetjar.rtp;

import java.util.Arrays;

/** Bits per second over the last second, in steps of a tenth. */
public final class RateMeter {
  private static final int BUCKETS = 10;
  private static final long BUCKET_NANOS = 100_000_000;

  private final int[] bytes = new int[BUCKETS];
  private long bucket = Long.MIN_VALUE;

  public void add(int size, long nanos) {
    turnTo(nanos);
    bytes[index(bucket)] += size;
  }

  public long bitsPerSecond(long nanos) {
    turnTo(nanos);
    long sum = 0;
    for (int count : bytes) {
      sum += count;
    }
    return sum * 8;
  }

  private void turnTo(long nanos) {
    long now = Math.floorDiv(nanos, BUCKET_NANOS);
    if (bucket == Long.MIN_VALUE || now - bucket >= BUCKETS) {
      Arrays.fill(bytes, 0);
      bucket = now;
    }
    while (bucket < now) {
      bytes[index(++bucket)] = 0;
    }
  }

  private static int index(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
