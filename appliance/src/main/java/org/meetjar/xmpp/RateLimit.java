package org.meetjar.xmpp;

/** A token bucket: so much at once, so much a second in the long run. */
final class RateLimit {
  private static final double NANOS = 1e9;

  private final double perNano;
  private final double burst;
  private double available;
  private long at;

  RateLimit(int perSecond, int burst, long now) {
    this.perNano = perSecond / NANOS;
    this.burst = burst;
    this.available = burst;
    this.at = now;
  }

  /** Takes an amount; false when it is not there. */
  boolean take(double amount, long now) {
    available = Math.min(burst, available + (now - at) * perNano);
    at = now;
    if (available < amount) {
      return false;
    }
    available -= amount;
    return true;
  }
}
