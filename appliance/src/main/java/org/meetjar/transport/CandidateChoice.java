package org.meetjar.transport;

import java.util.List;

/**
 * Which pair is used: nomination as RFC 8445 section 8 has it, and again whenever the client is
 * heard at another address while the selected pair is silent. Belongs to the agent's loop.
 */
final class CandidateChoice {
  /** Hears that packets are sent on that pair from now on. */
  interface Listener {
    void selected(CandidatePair pair);
  }

  private final IceParties parties;
  private final ConnectivityChecks checks;
  private final List<CandidatePair> pairs;
  private final Listener listener;
  private CandidatePair selected;
  private CandidatePair nominee;

  CandidateChoice(
      IceParties parties, ConnectivityChecks checks, List<CandidatePair> pairs, Listener listener) {
    this.parties = parties;
    this.checks = checks;
    this.pairs = pairs;
    this.listener = listener;
  }

  /** The pair that packets are sent on, or null. */
  CandidatePair selected() {
    return selected;
  }

  boolean uses(CandidatePair pair) {
    return pair == selected || pair == nominee;
  }

  void clear() {
    selected = null;
  }

  /** Checks a pair; the first check of all nominates. */
  void check(CandidatePair pair, long now) {
    if (parties.isControlling() && selected == null && nominee == null) {
      nominee = pair;
    }
    if (!pair.isValid()) {
      pair.state = CandidatePair.State.IN_PROGRESS;
    }
    checks.begin(pair, now, pair == nominee);
  }

  private void nominate(CandidatePair pair, long now) {
    nominee = pair;
    checks.begin(pair, now, true);
  }

  /** A check on the pair was answered well. */
  void answered(CandidatePair pair, long now) {
    if (!parties.isControlling()) {
      if (pair.nominatedByPeer) {
        select(pair);
      }
    } else if (pair.nominating) {
      nominee = null;
      select(pair);
    } else if (selected == null && nominee == null) {
      nominate(pair, now);
    }
  }

  /** The peer, which controls, has nominated a pair that is valid. */
  void select(CandidatePair pair) {
    if (pair != selected) {
      selected = pair;
      listener.selected(pair);
    }
  }

  /**
   * The peer is alive on another pair: follow it there if the selected one has been silent for so
   * long. Says whether a check was begun.
   */
  boolean heardElsewhere(CandidatePair pair, long now, long silence) {
    if (!parties.isControlling()
        || selected == null
        || nominee != null
        || now - selected.lastReceivedNanos <= silence) {
      return false;
    }
    nominate(pair, now);
    return true;
  }

  /** A nomination is slow to be answered: whether another pair, which has answered, got it. */
  boolean turnsAway(CandidatePair pair, long now) {
    if (pair != nominee || pair.tries < 2) {
      return false;
    }
    for (CandidatePair other : pairs) {
      if (other != pair && other.isValid() && other != selected) {
        pair.nominating = false;
        nominate(other, now);
        return true;
      }
    }
    return false;
  }

  /** Nothing came back from the pair. */
  void failed(CandidatePair pair, long now) {
    if (pair != selected) {
      pair.state = CandidatePair.State.FAILED;
    }
    if (pair != nominee) {
      return;
    }
    nominee = null;
    for (CandidatePair other : pairs) {
      if (selected == null && other.isValid()) {
        nominate(other, now);
        return;
      }
    }
  }
}
