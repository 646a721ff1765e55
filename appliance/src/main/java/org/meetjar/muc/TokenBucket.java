package org.meetjar.muc;

/**
 * A limit by rate: so many at once, then so many per second. Time is given with each call, in
 * nanoseconds of one monotonic clock.
 */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filledAtNanos;

  TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledAtNanos = nowNanos;
  }

  /** Takes one; false when there is none. */
  boolean take(long nowNanos) {
    fill(nowNanos);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Nanoseconds until the next one can be taken. */
  long untilNextNanos(long nowNanos) {
    fill(nowNanos);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
  }

  private void fill(long nowNanos) {
    double elapsedSeconds = (nowNanos - filledAtNanos) / NANOS_PER_SECOND;
    tokens = Math.min(burst, tokens + elapsedSeconds * perSecond);
    filledAtNanos = nowNanos;
  }
}
