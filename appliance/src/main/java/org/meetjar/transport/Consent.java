package org.meetjar.transport;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether the client still wants our packets, RFC 7675: asked on the selected pair from time to
 * time. Belongs to the agent's loop.
 */
final class Consent {
  /** How soon an unanswered consent check is followed by the next one. */
  private static final long RETRY = 1_000_000_000L;

  private static final long SOON = 100_000_000L;

  private final long interval;
  private final long timeout;
  private long dueNanos;

  Consent(IceTiming timing) {
    interval = timing.consentInterval().toNanos();
    timeout = timing.consentTimeout().toNanos();
  }

  /**
   * A pair was selected: its check has just been answered.
   *
   * @param soon whether to ask again at once, because it had to be repeated and so says nothing of
   *     the round-trip time
   */
  void begin(long now, boolean soon) {
    dueNanos = now + (soon ? SOON : jitter(interval));
  }

  long dueNanos() {
    return dueNanos;
  }

  /** Asks if it is time; false when there was no answer for too long. */
  boolean ask(CandidatePair selected, ConnectivityChecks checks, long now) {
    if (now - selected.lastAnswerNanos >= timeout) {
      return false;
    }
    if (now - dueNanos >= 0) {
      boolean answered = now - selected.lastAnswerNanos < interval * 3 / 2;
      dueNanos = now + jitter(answered ? interval : Math.min(interval, RETRY));
      if (!selected.inFlight) {
        checks.begin(selected, now, false);
        selected.retryNanos = now + RETRY;
      }
    }
    return true;
  }

  long timeoutSeconds() {
    return timeout / 1_000_000_000L;
  }

  private static long jitter(long interval) {
    return (long) (interval * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
  }
}
