package org.meetjar.rtp;

/**
 * What a sender's reports say about the relation of its RTP timestamps to its wall clock, RFC 3550
 * section 6.4.1. All streams of one sender share the wall clock, which is what makes their
 * timestamps comparable.
 */
public final class SenderReportClock {
  private static final double UNITS_PER_SECOND = 4294967296.0;

  private final int clockRate;
  private boolean known;
  private long ntp;
  private int rtp;
  private long arrivalNanos;

  /**
   * A clock of which nothing is known yet.
   *
   * @param clockRate of the RTP timestamps in Hz
   */
  public SenderReportClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * Takes a report.
   *
   * @param ntp 32.32 fixed point seconds
   */
  public void report(long ntp, int rtp, long arrivalNanos) {
    known = true;
    this.ntp = ntp;
    this.rtp = rtp;
    this.arrivalNanos = arrivalNanos;
  }

  public boolean isKnown() {
    return known;
  }

  /** The middle 32 bits of the last report's NTP time, 0 if none. */
  public int lastReport() {
    return known ? (int) (ntp >> 16) : 0;
  }

  /** When the last report came. */
  public long arrivalNanos() {
    return arrivalNanos;
  }

  public int clockRate() {
    return clockRate;
  }

  /** The sender's wall clock at a moment of ours, by its last report. */
  public long ntpAt(long nanos) {
    return ntp + (long) ((nanos - arrivalNanos) * (UNITS_PER_SECOND / 1e9));
  }

  /** The timestamp of a wall-clock time. */
  public int rtpAt(long ntp) {
    return rtp + (int) Math.round((ntp - this.ntp) * (clockRate / UNITS_PER_SECOND));
  }

  /** The wall-clock time of a timestamp. */
  public long ntpOf(int rtp) {
    return ntp + (long) ((rtp - this.rtp) * (UNITS_PER_SECOND / clockRate));
  }
}
