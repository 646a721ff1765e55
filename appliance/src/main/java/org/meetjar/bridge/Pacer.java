package org.meetjar.bridge;

/**
 * How far ahead of a link a sender may be: a bucket that empties at a multiple of the estimate. It
 * never fills while the estimate is far above what is sent. Belongs to the conference's loop.
 */
final class Pacer {
  /** A sender's pictures come unevenly; what is sent in the mean is limited elsewhere. */
  private static final double FACTOR = 2.5;

  /** What may leave at once: so much time at the pace, and some packets. */
  private static final double BURST_SECONDS = 0.04;

  private static final int BURST_BYTES = 6_000;

  /** Nothing is to wait longer: the pace rises with what waits. */
  private static final double MAX_WAIT_SECONDS = 0.3;

  private long limitBps = Long.MAX_VALUE;
  private double bytesPerNano;
  private double burstBytes;
  private double aheadBytes;
  private long lastNanos;

  /** {@link Long#MAX_VALUE} for no limit. */
  void rate(long limitBps) {
    if (limitBps != this.limitBps) {
      this.limitBps = limitBps;
      waiting(0);
    }
  }

  /** So much waits. */
  void waiting(int bytes) {
    double perSecond = Math.max(limitBps * FACTOR / 8, bytes / MAX_WAIT_SECONDS);
    bytesPerNano = perSecond / 1e9;
    burstBytes = BURST_BYTES + perSecond * BURST_SECONDS;
  }

  void sent(int bytes) {
    if (limitBps != Long.MAX_VALUE) {
      aheadBytes += bytes;
    }
  }

  /** Whether the next packet has to wait. */
  boolean isAhead(long nanos) {
    if (limitBps == Long.MAX_VALUE) {
      return false;
    }
    aheadBytes = Math.max(0, aheadBytes - (nanos - lastNanos) * bytesPerNano);
    lastNanos = nanos;
    return aheadBytes > burstBytes;
  }
}
