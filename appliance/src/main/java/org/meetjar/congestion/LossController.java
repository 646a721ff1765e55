package org.meetjar.congestion;

/**
 * The rate that losses allow (draft-ietf-rmcat-gcc-02 section 6): down when more than a tenth is
 * lost, up again when less is. Two things differ from the draft. Between 2 and 10 % it grows slowly
 * instead of holding, since the delay controller watches meanwhile. And losses that go on when no
 * more is sent than has been seen to arrive are taken for the path's own: from then on every step
 * down waits longer.
 */
final class LossController {
  private static final double HIGH = 0.1;
  private static final double LOW = 0.02;
  private static final double GROWTH_PER_SECOND = 1.25;
  private static final double SLOW_GROWTH_PER_SECOND = 1.08;
  private static final double MAX_BEYOND_ARRIVED = 1.5;
  private static final long SLACK_BPS = 10_000;

  /** So many packets make a window, or what came in a second if that is not too little. */
  private static final int WINDOW_PACKETS = 60;

  private static final int MIN_PACKETS = 20;
  private static final long WINDOW_NANOS = 1_000_000_000;
  private static final long STEP_NANOS = 300_000_000;
  private static final long PATIENT_STEP_NANOS = 2_000_000_000;

  private final long minBps;
  private long limitBps = Long.MAX_VALUE;
  private int arrived;
  private int lost;
  private long windowStart;
  private boolean started;
  private double fraction;

  /** What arrived when the present losses began, 0 while there are none. */
  private long deliveredBps;

  private boolean stepped;
  private long lastStepNanos;

  LossController(long minBps) {
    this.minBps = minBps;
  }

  /** {@link Long#MAX_VALUE} while losses limit nothing. */
  long limitBps() {
    return limitBps;
  }

  /** What part was lost in the last window. */
  double fraction() {
    return fraction;
  }

  boolean isHigh() {
    return fraction > HIGH;
  }

  void arrived() {
    arrived++;
  }

  void lost() {
    lost++;
  }

  /** What had been taken for lost has come after all. */
  void cameAfterAll() {
    arrived++;
    lost = Math.max(0, lost - 1);
  }

  /**
   * A feedback has been read.
   *
   * @param rateBps the present estimate
   * @param arrivedBps what arrived lately, or -1 while unknown
   */
  void update(long rateBps, long arrivedBps, long roundTripNanos, long now) {
    if (!started) {
      started = true;
      windowStart = now;
    }
    int packets = arrived + lost;
    boolean late = now - windowStart >= WINDOW_NANOS;
    if (packets < WINDOW_PACKETS && !(late && packets >= MIN_PACKETS)) {
      return;
    }
    double seconds = Math.min(1, (now - windowStart) / 1e9);
    fraction = (double) lost / packets;
    arrived = 0;
    lost = 0;
    windowStart = now;
    if (isHigh()) {
      down(rateBps, arrivedBps, roundTripNanos, now);
    } else {
      deliveredBps = 0;
      up(rateBps, arrivedBps, seconds);
    }
  }

  private void down(long rateBps, long arrivedBps, long roundTripNanos, long now) {
    long basis = Math.min(limitBps, rateBps);
    if (deliveredBps == 0) {
      deliveredBps = Math.max(1, arrivedBps);
    }
    boolean ofThePath = basis <= deliveredBps;
    long pause = ofThePath ? PATIENT_STEP_NANOS : STEP_NANOS + roundTripNanos;
    if (!stepped || now - lastStepNanos >= pause) {
      stepped = true;
      lastStepNanos = now;
      limitBps = Math.max(minBps, (long) (basis * (1 - 0.5 * fraction)));
    }
  }

  private void up(long rateBps, long arrivedBps, double seconds) {
    if (limitBps == Long.MAX_VALUE) {
      return;
    }
    long most = (long) (arrivedBps * MAX_BEYOND_ARRIVED) + SLACK_BPS;
    if (arrivedBps >= 0 && limitBps < most) {
      double speed = fraction < LOW ? GROWTH_PER_SECOND : SLOW_GROWTH_PER_SECOND;
      limitBps = Math.min(most, (long) (limitBps * Math.pow(speed, seconds)) + 1);
    }
    if (fraction < LOW && limitBps > rateBps) {
      limitBps = Long.MAX_VALUE;
    }
  }

  /** A probe has shown that so much arrives. */
  void raiseTo(long bps) {
    if (!isHigh() && limitBps < bps) {
      limitBps = bps;
    }
  }

  Object describe() {
    return limitBps == Long.MAX_VALUE ? "unlimited" : limitBps;
  }
}
