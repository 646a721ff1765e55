package org.meetjar.transport;

import java.util.List;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunWriter;

/**
 * The checks that an agent has on their way (RFC 8445 section 7.2): one for each pair at a time.
 * Belongs to the agent's loop.
 */
final class ConnectivityChecks {
  private static final long MS = 1_000_000L;

  /** Pace of checks and retransmissions, RFC 8445 section 14.2 has 50 ms as the default. */
  static final long TICK = 20 * MS;

  private static final long FIRST_RETRY = 100 * MS;
  private static final long MAX_RETRY = 1_600 * MS;
  private static final int MAX_TRIES = 8;

  private final UdpMediaLoop loop;
  private final LoopPeers peers;
  private final IceParties parties;

  ConnectivityChecks(UdpMediaLoop loop, IceParties parties) {
    this.loop = loop;
    peers = loop.peers();
    this.parties = parties;
  }

  /** Begins a new check, in the place of one that is on its way. */
  void begin(CandidatePair pair, long now, boolean nominating) {
    end(pair);
    pair.nominating = nominating;
    pair.tries = 0;
    pair.inFlight = true;
    peers.begin(pair);
    transmit(pair, now);
  }

  /** A check came from there: what was lost on the way is worth another try now. */
  void trigger(CandidatePair pair, long now) {
    if (now - pair.sentNanos > TICK) {
      transmit(pair, now);
    }
  }

  /** Sends it once more; false when that was done often enough. */
  boolean repeat(CandidatePair pair, long now) {
    if (pair.tries >= MAX_TRIES) {
      return false;
    }
    transmit(pair, now);
    return true;
  }

  private void transmit(CandidatePair pair, long now) {
    pair.tries++;
    pair.sentNanos = now;
    pair.retryNanos = now + Math.min(MAX_RETRY, FIRST_RETRY << (pair.tries - 1));
    StunWriter check =
        peers
            .writer()
            .begin(Method.BINDING, MessageClass.REQUEST, pair.transactionHead, pair.transactionTail)
            .add(Attribute.PRIORITY, LocalCandidates.peerReflexivePriority(pair.flow.port));
    parties.sign(check, pair.nominating);
    loop.batch().add(pair.flow, check.buffer(), 0, check.length());
  }

  /** Nanoseconds until a check among these is due again, {@link Long#MAX_VALUE} if none is. */
  long untilRetry(List<CandidatePair> pairs, long now) {
    long until = Long.MAX_VALUE;
    for (int i = 0; i < pairs.size(); i++) {
      CandidatePair pair = pairs.get(i);
      if (pair.inFlight) {
        until = Math.min(until, pair.retryNanos - now);
      }
    }
    return until;
  }

  void end(CandidatePair pair) {
    if (pair.inFlight) {
      pair.inFlight = false;
      peers.end(pair);
    }
  }
}
