package org.meetjar.rtp;

/** What a receiver report says about one incoming stream, RFC 3550 appendix A.3 and A.8. */
public final class ReceptionStatistics {
  private final int clockRate;
  private long first = Long.MIN_VALUE;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private double jitter;
  private int lastTransit;
  private boolean hasTransit;
  private int fractionLost;

  public ReceptionStatistics(int clockRate) {
    this.clockRate = clockRate;
  }

  /** Counts a packet that came on the stream itself. */
  public void received(long sequence, int timestamp, long arrivalNanos) {
    if (first == Long.MIN_VALUE) {
      first = sequence;
      highest = sequence;
    }
    highest = Math.max(highest, sequence);
    received++;
    long arrival = arrivalNanos / 1000 * clockRate / 1_000_000;
    int transit = (int) arrival - timestamp;
    if (hasTransit) {
      double difference = Math.abs(transit - lastTransit);
      jitter += (difference - jitter) / 16;
    }
    lastTransit = transit;
    hasTransit = true;
  }

  public boolean isEmpty() {
    return first == Long.MIN_VALUE;
  }

  /** Closes the interval since the last call; {@link #fractionLost} then tells of it. */
  public void closeInterval() {
    long expected = highest - first + 1;
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    fractionLost = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) (lostNow * 256 / expectedNow);
    fractionLost = Math.min(255, fractionLost);
  }

  /** In the last closed interval, in 1/256. */
  public int fractionLost() {
    return fractionLost;
  }

  /** Since the beginning, within the report's 24 bits. */
  public int cumulativeLost() {
    long lost = highest - first + 1 - received;
    return (int) Math.max(-0x800000, Math.min(0x7fffff, lost));
  }

  /** With the number of wrap-arounds above the 16 bits. */
  public int highestSequence() {
    return (int) highest;
  }

  /** In timestamp units. */
  public int jitter() {
    return (int) jitter;
  }

  public long received() {
    return received;
  }
}
