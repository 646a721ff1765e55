package org.meetjar.congestion;

/**
 * Where queues began to grow before: mean and spread of what arrived at those moments
 * (draft-ietf-rmcat-gcc-02 section 5.5, the average and variance of the maximum).
 */
final class LinkCapacity {
  private static final double WEIGHT = 0.05;
  private static final double FIRST_DEVIATION = 0.4;
  private static final double MAX_DEVIATION = 2.5;
  private static final double DEVIATIONS = 3;

  private double kbps = -1;
  private double deviation = FIRST_DEVIATION;

  boolean isKnown() {
    return kbps >= 0;
  }

  long bps() {
    return (long) (kbps * 1000);
  }

  /** What is above this is another link than the one that was known. */
  long upperBps() {
    return isKnown() ? (long) ((kbps + DEVIATIONS * spread()) * 1000) : Long.MAX_VALUE;
  }

  long lowerBps() {
    return isKnown() ? (long) (Math.max(0, kbps - DEVIATIONS * spread()) * 1000) : 0;
  }

  /** Queues grow while so much arrives. */
  void found(long bps) {
    double sample = bps / 1000.0;
    kbps = isKnown() ? (1 - WEIGHT) * kbps + WEIGHT * sample : sample;
    double error = kbps - sample;
    double norm = Math.max(kbps, 1);
    deviation = (1 - WEIGHT) * deviation + WEIGHT * error * error / norm;
    deviation = Math.min(MAX_DEVIATION, Math.max(FIRST_DEVIATION, deviation));
  }

  void forget() {
    kbps = -1;
  }

  private double spread() {
    return Math.sqrt(deviation * kbps);
  }
}
