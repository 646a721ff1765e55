package org.meetjar.transport;

import java.util.concurrent.TimeUnit;

/**
 * Whether a loop keeps up with what comes: it does not when the system had to drop packets that it
 * did not fetch in time, and not while turn after turn finds more than a turn takes. Belongs to the
 * loop's thread.
 */
final class LoopBacklog {
  /** So long a loss of ours explains what is missing from senders: a round trip and a bit. */
  static final long AFTER_LOSS_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** Full turns for so long are no burst any more. */
  static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private long lost;
  private long lossNanos;
  private boolean everLost;
  private boolean full;
  private long fullSinceNanos;

  /**
   * A turn has fetched what there was.
   *
   * @param more whether there was more than it took
   * @param lostSoFar what the system says it has dropped since the beginning
   * @return how many of these are new
   */
  int fetched(boolean more, long lostSoFar, long nanos) {
    if (more && !full) {
      fullSinceNanos = nanos;
    }
    full = more;
    int newly = (int) (lostSoFar - lost);
    if (newly > 0) {
      lost = lostSoFar;
      lossNanos = nanos;
      everLost = true;
    }
    return newly;
  }

  /** Whether what is missing now was probably lost here. */
  boolean isBehind(long nanos) {
    return (everLost && nanos - lossNanos < AFTER_LOSS_NANOS)
        || (full && nanos - fullSinceNanos >= FULL_NANOS);
  }
}
