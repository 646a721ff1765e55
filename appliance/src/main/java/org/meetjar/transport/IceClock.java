package org.meetjar.transport;

import java.util.function.Consumer;
import org.meetjar.loop.Loop;

/**
 * Does what an ICE agent owes when nobody calls: checks that wait, checks that were not answered,
 * consent, and giving up. One timer, which runs only while something is due. Belongs to the agent's
 * loop.
 */
final class IceClock {
  private static final long SHORTEST_SLEEP = 1_000_000L;

  private final UdpMediaLoop loop;
  private final IceParties parties;
  private final CandidatePairs pairs;
  private final ConnectivityChecks checks;
  private final CandidateChoice choice;
  private final Consent consent;
  private final Consumer<String> giveUp;
  private final long failAfterNanos;
  private long deadlineNanos;
  private boolean ended;
  private Loop.Timer timer = () -> {};

  IceClock(
      UdpMediaLoop loop,
      IceParties parties,
      CandidatePairs pairs,
      ConnectivityChecks checks,
      CandidateChoice choice,
      IceTiming timing,
      Consumer<String> giveUp) {
    this.loop = loop;
    this.parties = parties;
    this.pairs = pairs;
    this.checks = checks;
    this.choice = choice;
    this.giveUp = giveUp;
    consent = new Consent(timing);
    failAfterNanos = timing.failAfter().toNanos();
  }

  /** Checks have begun: so long they may take. */
  void begun(long now) {
    deadlineNanos = now + failAfterNanos;
  }

  /**
   * A pair was selected.
   *
   * @param timed whether the round-trip time is known
   */
  void selected(long now, boolean timed) {
    consent.begin(now, !timed);
  }

  void end() {
    ended = true;
    timer.cancel();
  }

  /** Sets the timer for what is due next. */
  void set(long now) {
    if (ended) {
      return;
    }
    long due = checks.untilRetry(pairs.all(), now);
    if (pairs.anyWaits() && parties.knowsRemote()) {
      due = Math.min(due, ConnectivityChecks.TICK);
    }
    if (choice.selected() != null) {
      due = Math.min(due, consent.dueNanos() - now);
    } else if (parties.knowsRemote()) {
      due = Math.min(due, deadlineNanos - now);
    }
    timer.cancel();
    if (due < Long.MAX_VALUE) {
      timer = loop.schedule(Math.max(due, SHORTEST_SLEEP), this::tick);
    }
  }

  private void tick() {
    if (ended) {
      return;
    }
    long now = loop.nanoTime();
    if (parties.knowsRemote()) {
      CandidatePair waiting = pairs.pollWaiting();
      if (waiting != null) {
        choice.check(waiting, now);
      }
    }
    for (int i = 0; i < pairs.all().size(); i++) {
      CandidatePair pair = pairs.all().get(i);
      if (pair.inFlight && now - pair.retryNanos >= 0) {
        unanswered(pair, now);
      }
    }
    if (choice.selected() != null) {
      if (!consent.ask(choice.selected(), checks, now)) {
        giveUp.accept("the client has not answered for " + consent.timeoutSeconds() + " s");
      }
    } else if (parties.knowsRemote() && now - deadlineNanos >= 0) {
      giveUp.accept("no connectivity check came through");
    }
    set(now);
  }

  private void unanswered(CandidatePair pair, long now) {
    if (pair == choice.selected() && !pair.nominating) {
      // A consent check is not repeated, the next one follows: RFC 7675 section 5.1.
      checks.end(pair);
    } else if (!choice.turnsAway(pair, now) && !checks.repeat(pair, now)) {
      checks.end(pair);
      choice.failed(pair, now);
    }
  }
}
