package org.meetjar.congestion;

import java.util.Arrays;

/** Bits per second over the last half second of what it is told, in steps of a fortieth second. */
final class SlidingRate {
  private static final int BUCKETS = 20;
  private static final long BUCKET_NANOS = 25_000_000;

  /** Over less time than this a rate says nothing. */
  private static final long MIN_NANOS = 100_000_000;

  private final int[] bytes = new int[BUCKETS];
  private long first;
  private long newest;
  private long newestNanos;
  private boolean started;

  void add(int size, long nanos) {
    long bucket = Math.floorDiv(nanos, BUCKET_NANOS);
    if (!started || bucket - newest >= 4 * BUCKETS) {
      reset();
      started = true;
      first = bucket;
      newest = bucket;
      newestNanos = nanos;
    }
    while (newest < bucket) {
      bytes[index(++newest)] = 0;
    }
    newestNanos = Math.max(newestNanos, nanos);
    if (newest - bucket < BUCKETS && bucket >= first) {
      bytes[index(bucket)] += size;
    }
  }

  /** The rate up to the last thing that was added, or -1 while too little is known. */
  long bitsPerSecond() {
    if (!started) {
      return -1;
    }
    long full = Math.min(BUCKETS - 1, newest - first);
    long nanos = full * BUCKET_NANOS + newestNanos - newest * BUCKET_NANOS;
    if (nanos < MIN_NANOS) {
      return -1;
    }
    long sum = 0;
    for (int count : bytes) {
      sum += count;
    }
    return sum * 8_000_000 / (nanos / 1000);
  }

  void reset() {
    Arrays.fill(bytes, 0);
    started = false;
  }

  private static int index(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
