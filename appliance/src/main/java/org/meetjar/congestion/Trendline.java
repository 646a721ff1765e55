package org.meetjar.congestion;

/**
 * The slope of the queuing delay over the last bursts, found by least squares, and its verdict by a
 * threshold that adapts (draft-ietf-rmcat-gcc-02 sections 5.3 and 5.4, with the slope in the place
 * of the Kalman filter's state).
 */
final class Trendline {
  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;
  private static final double GAIN = 4;
  private static final int MAX_DELTAS = 60;
  private static final double OVERUSE_MS = 10;
  private static final double FIRST_THRESHOLD = 12.5;
  private static final double MIN_THRESHOLD = 6;
  private static final double MAX_THRESHOLD = 600;
  private static final double THRESHOLD_UP = 0.0087;
  private static final double THRESHOLD_DOWN = 0.039;
  private static final double MAX_ADAPTED = 15;
  private static final double MAX_STEP_MS = 100;

  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int next;
  private int count;
  private int deltas;
  private double time;
  private double accumulated;
  private double smoothed;
  private double slope;
  private double previousSlope;
  private double threshold = FIRST_THRESHOLD;
  private double overusingMs = -1;
  private int overuses;
  private Usage usage = Usage.NORMAL;

  /** Takes what two bursts say. */
  void update(long sentDeltaNanos, long arrivalDeltaNanos) {
    double sentMs = sentDeltaNanos / 1e6;
    double arrivalMs = arrivalDeltaNanos / 1e6;
    deltas++;
    time += arrivalMs;
    accumulated += arrivalMs - sentMs;
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
    times[next] = time;
    delays[next] = smoothed;
    next = (next + 1) % WINDOW;
    count = Math.min(WINDOW, count + 1);
    if (count == WINDOW) {
      slope = fit();
    }
    detect(sentMs, arrivalMs);
    previousSlope = slope;
  }

  Usage usage() {
    return usage;
  }

  /** Forgets the bursts, but not what it has learned of the path's jitter. */
  void reset() {
    count = 0;
    next = 0;
    deltas = 0;
    accumulated = 0;
    smoothed = 0;
    slope = 0;
    previousSlope = 0;
    overusingMs = -1;
    overuses = 0;
    usage = Usage.NORMAL;
  }

  private double fit() {
    double meanTime = 0;
    double meanDelay = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanTime += times[i];
      meanDelay += delays[i];
    }
    meanTime /= WINDOW;
    meanDelay /= WINDOW;
    double above = 0;
    double below = 0;
    for (int i = 0; i < WINDOW; i++) {
      double t = times[i] - meanTime;
      above += t * (delays[i] - meanDelay);
      below += t * t;
    }
    return below == 0 ? slope : above / below;
  }

  private void detect(double sentMs, double arrivalMs) {
    if (deltas < 2) {
      usage = Usage.NORMAL;
      return;
    }
    double trend = Math.min(deltas, MAX_DELTAS) * slope * GAIN;
    if (trend > threshold) {
      overusingMs = overusingMs < 0 ? sentMs / 2 : overusingMs + sentMs;
      overuses++;
      if (overusingMs > OVERUSE_MS && overuses > 1 && slope >= previousSlope) {
        overusingMs = 0;
        overuses = 0;
        usage = Usage.OVERUSE;
      }
    } else {
      overusingMs = -1;
      overuses = 0;
      usage = trend < -threshold ? Usage.UNDERUSE : Usage.NORMAL;
    }
    adapt(Math.abs(trend), arrivalMs);
  }

  /** Follows the path's jitter, but not a sudden spike. */
  private void adapt(double trend, double elapsedMs) {
    if (trend > threshold + MAX_ADAPTED) {
      return;
    }
    double speed = trend < threshold ? THRESHOLD_DOWN : THRESHOLD_UP;
    double step = Math.min(Math.max(0, elapsedMs), MAX_STEP_MS);
    threshold += speed * (trend - threshold) * step;
    threshold = Math.min(MAX_THRESHOLD, Math.max(MIN_THRESHOLD, threshold));
  }
}
