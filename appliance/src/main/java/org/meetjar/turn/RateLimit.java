package org.meetjar.turn;

/** A token bucket of bytes that holds two seconds' worth. Owned by one thread. */
final class RateLimit {
  private final long bytesPerSecond;
  private long tokens;
  private long lastNanos;

  RateLimit(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
    this.tokens = 2 * bytesPerSecond;
  }

  boolean allows(int bytes, long nowNanos) {
    long elapsed = nowNanos - lastNanos;
    if (elapsed > 10_000_000L) {
      lastNanos = nowNanos;
      long earned = (long) (Math.min(elapsed, 2_000_000_000L) * 1e-9 * bytesPerSecond);
      tokens = Math.min(2 * bytesPerSecond, tokens + earned);
    }
    if (tokens < bytes) {
      return false;
    }
    tokens -= bytes;
    return true;
  }
}
