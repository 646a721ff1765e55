package org.meetjar.congestion;

import java.util.Random;

/**
 * A path with a bottleneck: a rate, a queue before it, a delay behind it, and what goes wrong on
 * the way. Everything is drawn from one seed.
 */
public final class Link {
  /** The packet does not arrive. */
  public static final long LOST = -1;

  public long rateBps = 1_000_000_000;
  public long queueNanos = 300_000_000;
  public long delayNanos = 20_000_000;
  public long jitterNanos;
  public double loss;
  public double reordered;

  /** What others send through the same bottleneck. */
  public long competingBps;

  private final Random random;
  private long freeNanos;

  public Link(long seed) {
    random = new Random(seed);
  }

  /** When a packet that is sent now arrives, or {@link #LOST}. */
  public long send(int bytes, long now) {
    if (random.nextDouble() < loss || queueNanos(now) > queueNanos) {
      return LOST;
    }
    long rate = Math.max(10_000, rateBps - competingBps);
    freeNanos = Math.max(freeNanos, now) + bytes * 8_000_000_000L / rate;
    long arrival = freeNanos + delayNanos;
    if (jitterNanos > 0) {
      arrival += random.nextLong(jitterNanos);
    }
    if (random.nextDouble() < reordered) {
      arrival += 15_000_000;
    }
    return arrival;
  }

  /** How long a packet that is sent now would wait. */
  public long queueNanos(long now) {
    return Math.max(0, freeNanos - now);
  }

  public boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}
