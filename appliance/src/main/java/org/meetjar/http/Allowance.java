package org.meetjar.http;

import java.time.Duration;

/**
 * A token bucket: what a client may send, on average over a few seconds. Used by one thread at a
 * time.
 */
final class Allowance {
  private static final int BURST_SECONDS = 4;

  /** What a message costs beside its length, so that many small ones have their price too. */
  private static final int MESSAGE_COST = 256;

  private final double bytesPerNano;
  private final double burst;
  private double tokens;
  private long at;

  Allowance(int bytesPerSecond, long now) {
    bytesPerNano = bytesPerSecond / 1e9;
    burst = (double) bytesPerSecond * BURST_SECONDS;
    tokens = burst;
    at = now;
  }

  /** Takes the price of a message; how long to wait before the next may be read. */
  Duration spend(int length, long now) {
    tokens = Math.min(burst, tokens + (now - at) * bytesPerNano) - length - MESSAGE_COST;
    at = now;
    return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / bytesPerNano));
  }
}
