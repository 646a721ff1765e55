package org.meetjar.congestion;

/**
 * The rate that the delay allows: up slowly, the slower the nearer to where queues grew before, and
 * down at once to below what arrives (draft-ietf-rmcat-gcc-02 section 5.5).
 */
final class AimdRateControl {
  private static final double BACK_OFF = 0.85;
  private static final double GROWTH_PER_SECOND = 1.08;

  /** More than what has been seen to arrive is not believed without a probe. */
  private static final double MAX_BEYOND_ARRIVED = 1.5;

  private static final long SLACK_BPS = 10_000;

  /** How much of the rate a sign of congestion costs at once when little was being sent. */
  private static final double BACK_OFF_WHILE_LIMITED = 0.6;

  private static final long PACKET_BITS = 1200 * 8;
  private static final long MIN_ADDED_BPS = 4_000;
  private static final double MAX_STEP_SECONDS = 1;

  private final long minBps;
  private final LinkCapacity capacity = new LinkCapacity();
  private long rateBps;
  private boolean holding = true;
  private boolean everDecreased;
  private long lastChangeNanos;
  private long lastDecreaseNanos;

  AimdRateControl(long startBps, long minBps) {
    this.minBps = minBps;
    rateBps = startBps;
  }

  long rateBps() {
    return rateBps;
  }

  /** Whether queues grew so short a time ago that nothing should be tried yet. */
  boolean decreasedWithin(long nanos, long now) {
    return everDecreased && now - lastDecreaseNanos < nanos;
  }

  /**
   * Moves the rate.
   *
   * @param arrivedBps what arrived lately, or -1 while unknown
   * @param limited whether less is sent than would be allowed, so that nothing speaks for more
   * @return whether the rate went down
   */
  boolean update(Usage usage, long arrivedBps, boolean limited, long roundTripNanos, long now) {
    switch (usage) {
      case OVERUSE -> {
        holding = true;
        lastChangeNanos = now;
        return decrease(arrivedBps, limited, roundTripNanos, now);
      }
      case UNDERUSE -> {
        holding = true;
        lastChangeNanos = now;
      }
      case NORMAL -> {
        if (holding) {
          holding = false;
          lastChangeNanos = now;
        }
        increase(arrivedBps, limited, roundTripNanos, now);
      }
    }
    return false;
  }

  private void increase(long arrivedBps, boolean limited, long roundTripNanos, long now) {
    double seconds = Math.min(MAX_STEP_SECONDS, (now - lastChangeNanos) / 1e9);
    lastChangeNanos = now;
    if (arrivedBps < 0 || limited) {
      return;
    }
    if (arrivedBps > capacity.upperBps()) {
      capacity.forget();
    }
    long most = (long) (arrivedBps * MAX_BEYOND_ARRIVED) + SLACK_BPS;
    if (rateBps >= most) {
      return;
    }
    double more =
        capacity.isKnown()
            ? addedPerSecond(roundTripNanos) * seconds
            : rateBps * (Math.pow(GROWTH_PER_SECOND, seconds) - 1);
    rateBps = Math.min(most, rateBps + (long) Math.ceil(more));
  }

  /** About one packet more per response time. */
  private static double addedPerSecond(long roundTripNanos) {
    double response = roundTripNanos / 1e9 + 0.1;
    return Math.max(MIN_ADDED_BPS, PACKET_BITS / response);
  }

  private boolean decrease(long arrivedBps, boolean limited, long roundTripNanos, long now) {
    long pause = Math.min(200_000_000L, Math.max(10_000_000L, roundTripNanos)) + 50_000_000L;
    if (decreasedWithin(pause, now) && (arrivedBps < 0 || arrivedBps > rateBps / 2)) {
      return false;
    }
    long basis = arrivedBps >= 0 ? arrivedBps : rateBps;
    long lower = (long) (basis * BACK_OFF);
    if (lower > rateBps && capacity.isKnown()) {
      lower = (long) (capacity.bps() * BACK_OFF);
    }
    if (limited) {
      lower = Math.max(lower, (long) (rateBps * BACK_OFF_WHILE_LIMITED));
    }
    if (arrivedBps >= 0) {
      if (arrivedBps < capacity.lowerBps()) {
        capacity.forget();
      }
      if (!limited) {
        capacity.found(arrivedBps);
      }
    }
    everDecreased = true;
    lastDecreaseNanos = now;
    long before = rateBps;
    rateBps = Math.max(minBps, Math.min(rateBps, lower));
    return rateBps < before;
  }

  /** A probe has shown that so much is carried. */
  void raiseTo(long bps, long now) {
    if (bps > rateBps) {
      rateBps = bps;
      lastChangeNanos = now;
      if (bps > capacity.upperBps()) {
        capacity.forget();
      }
    }
  }

  /** Nothing is heard of what is sent. */
  void reduceTo(long bps, long now) {
    rateBps = Math.max(minBps, Math.min(rateBps, bps));
    lastChangeNanos = now;
    holding = true;
  }
}
