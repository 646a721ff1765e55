package org.meetjar.rtp;

/**
 * The timestamps of one projection: where another encoding goes on, so that time passes for the
 * receiver as it did for the sender.
 */
final class ProjectionTime {
  /** A timestamp from sender reports that is further off than this is not believed. */
  private static final long BELIEVABLE_SECONDS = 5;

  private final SenderReportClock[] clocks;
  private int lastTimestamp;
  private long lastNanos;

  /**
   * @param clocks of the source's encodings, lowest first
   */
  ProjectionTime(SenderReportClock[] clocks) {
    this.clocks = clocks;
  }

  /** Goes on where another source's has stopped. */
  void follow(ProjectionTime before) {
    lastTimestamp = before.lastTimestamp;
    lastNanos = before.lastNanos;
  }

  /** The timestamp of what comes now, by the time that has passed since the last packet. */
  int after(int encoding, long nanos) {
    return lastTimestamp + (int) Math.max(1, elapsed(encoding, nanos));
  }

  private long elapsed(int encoding, long nanos) {
    return (nanos - lastNanos) / 1000 * clocks[encoding].clockRate() / 1_000_000;
  }

  /** Whether a frame of another encoding is older than what the receiver has. */
  boolean isPast(int timestamp, int before, int encoding, int delta, long nanos) {
    return ahead(timestamp, before, encoding, delta, nanos) < -clocks[encoding].clockRate() / 10;
  }

  /** The timestamp that the receiver sees for a frame of another encoding. */
  int follow(int timestamp, int before, int encoding, int delta, long nanos) {
    return lastTimestamp + (int) Math.max(1, ahead(timestamp, before, encoding, delta, nanos));
  }

  /**
   * How much later than the last packet this one of another encoding was taken, in timestamp units:
   * by sender reports if there are any for both, else by the time of arrival.
   */
  private long ahead(int timestamp, int before, int encoding, int delta, long nanos) {
    SenderReportClock from = clocks[before];
    SenderReportClock to = clocks[encoding];
    long expected = elapsed(encoding, nanos);
    if (from.isKnown() && to.isKnown()) {
      int aligned = from.rtpAt(to.ntpOf(timestamp)) + delta - lastTimestamp;
      if (Math.abs(aligned - expected) < BELIEVABLE_SECONDS * to.clockRate()) {
        return aligned;
      }
    }
    return expected;
  }

  /** The receiver gets a packet of this time, the first of a run or ahead of all others. */
  void remember(int timestamp, boolean first, long nanos) {
    if (timestamp - lastTimestamp > 0 || first) {
      lastTimestamp = timestamp;
      lastNanos = nanos;
    }
  }
}
