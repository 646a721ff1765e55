package org.meetjar.congestion;

/**
 * Puts packets that were sent as one burst together, and says how much further apart two bursts
 * arrived than they were sent (draft-ietf-rmcat-gcc-02 sections 5.1 and 5.2).
 */
final class ArrivalGroups {
  private static final long BURST_NANOS = 5_000_000;

  /** A burst of arrivals after a stall is not taken for one group for longer than this. */
  private static final long MAX_BURST_NANOS = 100_000_000;

  /** Clocks that disagree by so much over one step have been set, or the path has stood still. */
  private static final long JUMP_NANOS = 3_000_000_000L;

  private static final int MAX_REORDERED = 3;

  private boolean started;
  private long firstSent;
  private long lastSent;
  private long firstArrival;
  private long lastArrival;
  private boolean hasBefore;
  private long sentBefore;
  private long arrivalBefore;
  private int reordered;

  private long sentDelta;
  private long arrivalDelta;

  /**
   * Takes a packet that arrived, in the order in which packets were sent.
   *
   * @param arrivalNanos on the receiver's clock
   * @return whether a burst is complete, so that the deltas are of it and the one before
   */
  boolean add(long sentNanos, long arrivalNanos) {
    if (!started) {
      begin(sentNanos, arrivalNanos);
      return false;
    }
    if (sentNanos < firstSent) {
      return false;
    }
    if (belongsToBurst(sentNanos, arrivalNanos)) {
      lastSent = Math.max(lastSent, sentNanos);
      lastArrival = Math.max(lastArrival, arrivalNanos);
      return false;
    }
    boolean complete = hasBefore && closeBurst();
    if (started) {
      hasBefore = true;
      sentBefore = lastSent;
      arrivalBefore = lastArrival;
    }
    begin(sentNanos, arrivalNanos);
    return complete;
  }

  private boolean closeBurst() {
    sentDelta = lastSent - sentBefore;
    arrivalDelta = lastArrival - arrivalBefore;
    if (Math.abs(arrivalDelta - sentDelta) >= JUMP_NANOS) {
      reset();
      return false;
    }
    if (arrivalDelta < 0) {
      if (++reordered >= MAX_REORDERED) {
        reset();
      }
      return false;
    }
    reordered = 0;
    return true;
  }

  private boolean belongsToBurst(long sentNanos, long arrivalNanos) {
    if (sentNanos - firstSent <= BURST_NANOS) {
      return true;
    }
    long arrivedAfter = arrivalNanos - lastArrival;
    return arrivedAfter - (sentNanos - lastSent) < 0
        && arrivedAfter <= BURST_NANOS
        && arrivalNanos - firstArrival < MAX_BURST_NANOS;
  }

  private void begin(long sentNanos, long arrivalNanos) {
    started = true;
    firstSent = sentNanos;
    lastSent = sentNanos;
    firstArrival = arrivalNanos;
    lastArrival = arrivalNanos;
  }

  /** Between the last two complete bursts, when they were sent. */
  long sentDelta() {
    return sentDelta;
  }

  /** Between the last two complete bursts, when they arrived. */
  long arrivalDelta() {
    return arrivalDelta;
  }

  void reset() {
    started = false;
    hasBefore = false;
    reordered = 0;
  }
}
