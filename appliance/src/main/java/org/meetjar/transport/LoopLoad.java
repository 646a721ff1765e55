package org.meetjar.transport;

/** How busy a loop is: its share of the last full second. The loop writes, anybody reads. */
final class LoopLoad {
  private static final long WINDOW = 1_000_000_000L;

  private long windowStart = System.nanoTime();
  private long busy;
  private volatile long measuredAt = System.nanoTime();
  private volatile double share;

  /** A turn of the loop, without the sleep before it. */
  void turn(long start, long end) {
    busy += end - start;
    if (end - windowStart >= WINDOW) {
      share = (double) busy / (end - windowStart);
      measuredAt = end;
      windowStart = end;
      busy = 0;
    }
  }

  /** From 0 to 1; a loop that does not turn at all has nothing to do. */
  double share() {
    return System.nanoTime() - measuredAt > 3 * WINDOW ? 0 : share;
  }
}
