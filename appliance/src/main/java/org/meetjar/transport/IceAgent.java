package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.util.List;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.StunMessage;

/**
 * A full ICE agent (RFC 8445) of one component, with consent freshness (RFC 7675). Belongs to its
 * loop.
 *
 * <p>It is made for peers that do not trickle: a remote candidate is learnt from the check that
 * comes from it (peer-reflexive), checked back at once, and as controlling agent nominated with
 * that first check. Any pair that a check has validated may bring media. When the selected pair
 * falls silent while another one is alive, the other one is nominated: so a client whose address
 * changes is followed.
 *
 * <p>Here messages are taken. Who the sides are is in {@link IceParties}, what is known of their
 * addresses in {@link CandidatePairs}, which of them is used in {@link CandidateChoice}; {@link
 * IceResponder} answers the peer's checks, {@link IceClock} keeps the time.
 */
final class IceAgent {
  final UdpMediaLoop loop;
  final IceListener listener;
  private final LoopPeers peers;
  private final IceParties parties;
  private final CandidatePairs pairs;
  private final ConnectivityChecks checks;
  private final CandidateChoice choice;
  private final IceClock clock;
  private final IceResponder responder;
  private final long silentForChecks;
  private final long silentForMedia;
  private long lastReceivedNanos;
  private double roundTripMs = -1;
  private boolean failed;
  private boolean closed;

  IceAgent(UdpMediaLoop loop, IceParties parties, IceTiming timing, IceListener listener) {
    this.loop = loop;
    this.parties = parties;
    this.listener = listener;
    peers = loop.peers();
    silentForChecks = timing.silentForChecks().toNanos();
    silentForMedia = timing.silentForMedia().toNanos();
    pairs = new CandidatePairs(this, peers);
    checks = new ConnectivityChecks(loop, parties);
    choice = new CandidateChoice(parties, checks, pairs.all(), this::selected);
    clock = new IceClock(loop, parties, pairs, checks, choice, timing, this::giveUp);
    responder = new IceResponder(loop, parties, pairs);
  }

  private boolean isOver() {
    return closed || failed;
  }

  /**
   * The peer's credentials; checks start. Other credentials than before are an ICE restart of the
   * peer's: what was validated stays in use while it is checked anew.
   */
  void remote(String peerUfrag, String peerPassword) {
    boolean first = !parties.knowsRemote();
    if (isOver()
        || peerUfrag.isEmpty()
        || peerPassword.isEmpty()
        || !parties.remote(peerUfrag, peerPassword)) {
      return;
    }
    long now = loop.nanoTime();
    if (first) {
      clock.begun(now);
    }
    for (CandidatePair pair : List.copyOf(pairs.all())) {
      choice.check(pair, now);
    }
    clock.set(now);
  }

  /** A candidate that was signalled. */
  void remoteCandidate(DatagramPort port, InetSocketAddress address) {
    if (!isOver()) {
      pairs.signalled(port, address);
      clock.set(loop.nanoTime());
    }
  }

  /** Whether a message was made with our password. */
  boolean isIntact(StunMessage request) {
    return parties.isForUs(request);
  }

  /** A binding request that {@link #isIntact}. */
  void request(StunMessage request, DatagramPort port, InetSocketAddress from, long now) {
    if (closed || !parties.areNamedIn(request)) {
      loop.counters().drop(Drop.BAD_STUN);
      return;
    }
    if (responder.answer(request, port, from) && !failed) {
      heard(request.has(Attribute.USE_CANDIDATE), port, from, now);
    }
  }

  /** The peer's checks come from there: check it back, RFC 8445 section 7.3.1.4. */
  private void heard(boolean nominated, DatagramPort port, InetSocketAddress from, long now) {
    lastReceivedNanos = now;
    CandidatePair pair = pairs.find(port, from);
    if (pair == null) {
      pair = pairs.learn(port, from, choice);
      if (pair == null) {
        return;
      }
    }
    pair.lastReceivedNanos = now;
    pair.nominatedByPeer |= nominated;
    if (!pair.isValid()) {
      if (pair.inFlight) {
        checks.trigger(pair, now);
      } else if (parties.knowsRemote()) {
        choice.check(pair, now);
      }
    } else if (!parties.isControlling() && nominated) {
      choice.select(pair);
    } else if (pair != choice.selected()) {
      choice.heardElsewhere(pair, now, silentForChecks);
    }
    clock.set(now);
  }

  /** A binding response to the check in flight on a pair; found by its transaction id. */
  void response(
      StunMessage response, CandidatePair pair, DatagramPort port, InetSocketAddress from) {
    // Section 7.2.5.2.1: the answer comes from where the check went.
    if (isOver()
        || !parties.isFromPeer(response)
        || port != pair.flow.port
        || !from.equals(pair.flow.remote)) {
      loop.counters().drop(Drop.BAD_STUN);
      return;
    }
    long now = loop.nanoTime();
    checks.end(pair);
    pair.lastReceivedNanos = now;
    lastReceivedNanos = now;
    if (response.messageClass() == MessageClass.SUCCESS) {
      answered(pair, now);
    } else if (response.errorCode() == 487) {
      parties.changeRole();
      choice.check(pair, now);
    } else if (!pair.isValid()) {
      choice.failed(pair, now);
    }
    clock.set(now);
  }

  private void answered(CandidatePair pair, long now) {
    if (pair.tries == 1) {
      double sample = (now - pair.sentNanos) / 1e6;
      roundTripMs = roundTripMs < 0 ? sample : roundTripMs + (sample - roundTripMs) / 8;
    }
    pair.lastAnswerNanos = now;
    if (!pair.isValid()) {
      pair.state = CandidatePair.State.SUCCEEDED;
      // Only now: an answer proves that the address is the peer's.
      peers.takeOver(pair);
      listener.validated(pair);
    }
    if (!isOver()) {
      choice.answered(pair, now);
    }
  }

  private void selected(CandidatePair pair) {
    clock.selected(loop.nanoTime(), roundTripMs >= 0);
    listener.selected(pair);
  }

  /** Authentic media came on a validated pair. Called for every packet. */
  void mediaReceived(CandidatePair pair, long now) {
    pair.lastReceivedNanos = now;
    lastReceivedNanos = now;
    if (pair != choice.selected() && !failed && choice.heardElsewhere(pair, now, silentForMedia)) {
      clock.set(now);
    }
  }

  private void giveUp(String why) {
    failed = true;
    clock.end();
    choice.clear();
    pairs.all().forEach(checks::end);
    listener.iceFailed(why);
  }

  /** The pair that packets are sent on, or null. */
  CandidatePair selected() {
    return choice.selected();
  }

  String ufrag() {
    return parties.ufrag;
  }

  long lastReceivedNanos() {
    return lastReceivedNanos;
  }

  double roundTripMs() {
    return roundTripMs;
  }

  boolean isControlling() {
    return parties.isControlling();
  }

  List<CandidatePair> pairs() {
    return pairs.all();
  }

  void close() {
    if (!closed) {
      closed = true;
      clock.end();
      pairs.clear();
      choice.clear();
    }
  }
}
