package org.meetjar.bridge;

/**
 * How likely one endpoint is speaking, judged over an immediate, a medium and a long window (Volfin
 * and Cohen, "Dominant speaker identification for multipoint videoconferencing", Computer Speech
 * and Language 27, 2013). The immediate window counts how many level bands a frame's audio level
 * fills, the medium one how many of five frames are loud, the long one how many of ten such groups.
 */
final class SpeechActivity {
  private static final int BANDS = 13;
  private static final int BAND_WIDTH = 10;
  private static final int FRAMES = 5;
  private static final int GROUPS = 10;

  /** Bands a frame must fill to count as loud, and loud frames that a group must have. */
  private static final int LOUD_BANDS = 7;

  private static final int LOUD_FRAMES = 4;

  /** Rates of the exponential distributions that stand for the absence of speech. */
  private static final double IMMEDIATE_RATE = 0.78;

  private static final double MEDIUM_RATE = 24;
  private static final double LONG_RATE = 47;
  private static final double LEAST = 1e-10;
  private static final long FRAME_NANOS = 20_000_000;

  /** A steady noise this much above the quietest level lately is still silence. */
  private static final int NOISE_MARGIN = 6;

  /** No noise is louder: -42 dBov. */
  private static final int LOUDEST_NOISE = 85;

  private final int[] levels = new int[FRAMES * GROUPS];
  private int newest;
  private double floor = 127;
  private long lastNanos = Long.MIN_VALUE;
  private int lastLevel;

  private double immediateScore = LEAST;
  private double mediumScore = LEAST;
  private double longScore = LEAST;

  /**
   * @param level 0 (silence) to 127
   */
  void level(int level, long nanos) {
    fill(nanos);
    lastNanos = nanos;
    lastLevel = level;
    push(level);
  }

  int lastLevel() {
    return lastLevel;
  }

  /** Frames that did not come are silence: senders may stop between words. */
  private void fill(long nanos) {
    if (lastNanos == Long.MIN_VALUE) {
      return;
    }
    long silent = (nanos - lastNanos) / FRAME_NANOS - 3;
    for (int i = 0; i < Math.min(silent, levels.length); i++) {
      push(0);
    }
    if (silent > 0) {
      lastNanos = nanos;
    }
  }

  private void push(int level) {
    newest = (newest + 1) % levels.length;
    floor = level < floor && level > 0 ? level : Math.min(127, floor + 0.01);
    levels[newest] = level <= floor + NOISE_MARGIN && level < LOUDEST_NOISE ? 0 : level;
  }

  /** Computes the three scores as of now. */
  void evaluate(long nanos) {
    fill(nanos);
    int bands = 0;
    int loudFrames = 0;
    int loudGroups = 0;
    for (int group = 0; group < GROUPS; group++) {
      int loud = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        int at = Math.floorMod(newest - group * FRAMES - frame, levels.length);
        int filled = levels[at] / BAND_WIDTH;
        if (group == 0) {
          bands = Math.max(bands, filled);
        }
        if (filled >= LOUD_BANDS) {
          loud++;
        }
      }
      if (group == 0) {
        loudFrames = loud;
      }
      if (loud >= LOUD_FRAMES) {
        loudGroups++;
      }
    }
    immediateScore = score(bands, BANDS, IMMEDIATE_RATE);
    mediumScore = score(loudFrames, FRAMES, MEDIUM_RATE);
    longScore = score(loudGroups, GROUPS, LONG_RATE);
  }

  /** Binomial against exponential likelihood, equation 11 of the paper, with p = 1/2. */
  private static double score(int active, int of, double rate) {
    double binomial = 0;
    for (int i = 0; i < active; i++) {
      binomial += Math.log((double) (of - i) / (i + 1));
    }
    return Math.max(LEAST, binomial + of * Math.log(0.5) - Math.log(rate) + rate * active);
  }

  double immediateScore() {
    return immediateScore;
  }

  double mediumScore() {
    return mediumScore;
  }

  double longScore() {
    return longScore;
  }
}
