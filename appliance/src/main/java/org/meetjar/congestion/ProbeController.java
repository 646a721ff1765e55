package org.meetjar.congestion;

/**
 * Decides when to try a higher rate, and which. It tries only while more is wished for than the
 * estimate: at the start, again at once as long as it goes well, and after that, when the path has
 * become narrow or little is sent, now and then, rarer the less comes of it.
 */
final class ProbeController {
  private static final double FIRST_FACTOR = 3;
  private static final double FACTOR = 2;
  private static final double CAREFUL_FACTOR = 1.5;
  private static final double LEAST_FACTOR = 1.2;

  /** No more than this beyond what is wished for is tried. */
  private static final double BEYOND_WISH = 1.25;

  /** A probe that found so much of what it tried is followed by a higher one. */
  private static final double WENT_WELL = 0.7;

  private static final long FIRST_PAUSE_NANOS = 2_000_000_000;
  private static final long LAST_PAUSE_NANOS = 8_000_000_000L;

  /** Before the same is tried again when nothing was learned. */
  private static final long RETRY_NANOS = 500_000_000;

  private static final int RETRIES = 3;
  private static final long AFTER_DROP_NANOS = 2_000_000_000;

  /** How long the queue that a probe leaves behind is felt. */
  private static final long ECHO_NANOS = 250_000_000;

  private final ProbeCluster cluster = new ProbeCluster();
  private long wishBps;
  private boolean started;
  private boolean careful;
  private int retries;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long nextNanos;
  private boolean everEnded;
  private long endedNanos;

  /** What is to be sent if the path carries it. */
  void wish(long bps) {
    wishBps = bps;
  }

  long wishBps() {
    return wishBps;
  }

  /** The cluster that a packet belongs to which leaves now, 0 for none. */
  int clusterOf(int bytes, long now) {
    if (!cluster.isSending()) {
      return 0;
    }
    cluster.sent(bytes, now);
    return cluster.id();
  }

  int bytesDue(long now) {
    return cluster.bytesDue(now);
  }

  boolean isSending() {
    return cluster.isSending();
  }

  void arrived(int clusterId, int bytes, long arrivalNanos) {
    if (clusterId == cluster.id() && !cluster.isIdle()) {
      cluster.arrived(bytes, arrivalNanos);
    }
  }

  void missing(int clusterId) {
    if (clusterId == cluster.id() && !cluster.isIdle()) {
      cluster.missing();
    }
  }

  /** Begins a probe if one is due. */
  void consider(long estimateBps, long now) {
    if (!cluster.isIdle() || wishBps <= estimateBps || (started && now - nextNanos < 0)) {
      return;
    }
    double factor = !started ? FIRST_FACTOR : careful ? CAREFUL_FACTOR : FACTOR;
    double rate = Math.min(estimateBps * factor, wishBps * BEYOND_WISH);
    cluster.begin((long) Math.max(rate, estimateBps * LEAST_FACTOR), now);
    started = true;
  }

  /**
   * Ends a probe of which all is known.
   *
   * @return the rate that it has shown to be carried, or -1
   */
  long result(long estimateBps, long now) {
    if (cluster.gaveUp(now)) {
      nextNanos = now + RETRY_NANOS;
    }
    if (!cluster.isOver(now)) {
      return -1;
    }
    long found = cluster.end();
    everEnded = true;
    endedNanos = now;
    if (found < 0 && retries < RETRIES) {
      retries++;
      nextNanos = now + RETRY_NANOS;
      return -1;
    }
    retries = 0;
    if (found >= cluster.rateBps() * WENT_WELL && found > estimateBps) {
      pauseNanos = FIRST_PAUSE_NANOS;
      careful = false;
      nextNanos = now;
    } else {
      careful = found <= estimateBps * LEAST_FACTOR;
      nextNanos = now + pauseNanos;
      pauseNanos = Math.min(LAST_PAUSE_NANOS, pauseNanos * 2);
    }
    return found;
  }

  /** Whether queues may be a probe's own doing. */
  boolean isFelt(long now) {
    return !cluster.isIdle() || (everEnded && now - endedNanos < ECHO_NANOS);
  }

  /** Queues grew, or packets were lost: nothing is tried for a while. */
  void dropped(long now) {
    if (nextNanos - now < AFTER_DROP_NANOS) {
      nextNanos = now + AFTER_DROP_NANOS;
    }
  }

  /** The path is another one than before, or heard of again. */
  void soon(long now) {
    pauseNanos = FIRST_PAUSE_NANOS;
    nextNanos = now + RETRY_NANOS;
  }
}
