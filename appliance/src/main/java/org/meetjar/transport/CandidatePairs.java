package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.datagram.DatagramPort;

/**
 * The pairs of one ICE agent, bounded, and those that wait for their first check (RFC 8445 section
 * 6.1.2). Belongs to the agent's loop.
 */
final class CandidatePairs {
  static final int MAX = 32;

  private final IceAgent agent;
  private final LoopPeers peers;
  private final List<CandidatePair> pairs = new ArrayList<>(4);
  private final ArrayDeque<CandidatePair> signalled = new ArrayDeque<>(0);

  CandidatePairs(IceAgent agent, LoopPeers peers) {
    this.agent = agent;
    this.peers = peers;
  }

  List<CandidatePair> all() {
    return pairs;
  }

  /** The pair at a 5-tuple, or null. */
  CandidatePair find(DatagramPort port, InetSocketAddress address) {
    for (int i = 0; i < pairs.size(); i++) {
      Flow flow = pairs.get(i).flow;
      if (flow.port == port && flow.remote.equals(address)) {
        return pairs.get(i);
      }
    }
    return null;
  }

  /** A candidate that was signalled: it waits for its check, if there is room for it. */
  void signalled(DatagramPort port, InetSocketAddress address) {
    if (pairs.size() < MAX && find(port, address) == null) {
      signalled.add(add(port, address));
    }
  }

  boolean anyWaits() {
    return !signalled.isEmpty();
  }

  /** The next pair to check of those that were signalled, or null. */
  CandidatePair pollWaiting() {
    CandidatePair pair = signalled.poll();
    return pair != null && pair.state == CandidatePair.State.WAITING && !pair.closed ? pair : null;
  }

  /**
   * A new remote address, peer-reflexive; the one heard from least lately makes room for it. Null
   * when there is no room.
   *
   * @param keep pairs that do not make room
   */
  CandidatePair learn(DatagramPort port, InetSocketAddress from, CandidateChoice keep) {
    if (pairs.size() >= MAX) {
      CandidatePair oldest = null;
      for (CandidatePair pair : pairs) {
        if (!keep.uses(pair)
            && (oldest == null || pair.lastReceivedNanos - oldest.lastReceivedNanos < 0)) {
          oldest = pair;
        }
      }
      if (oldest == null) {
        return null;
      }
      forget(oldest);
      pairs.remove(oldest);
    }
    return add(port, from);
  }

  private CandidatePair add(DatagramPort port, InetSocketAddress address) {
    CandidatePair pair = new CandidatePair(agent, port, address);
    pairs.add(pair);
    peers.claim(pair);
    return pair;
  }

  private void forget(CandidatePair pair) {
    pair.closed = true;
    if (pair.inFlight) {
      pair.inFlight = false;
      peers.end(pair);
    }
    peers.forget(pair);
  }

  /** Forgets all. */
  void clear() {
    pairs.forEach(this::forget);
    pairs.clear();
    signalled.clear();
  }
}
