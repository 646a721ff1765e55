package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.meetjar.loop.Loop;

/**
 * A full ICE agent (RFC 8445) of one component, with consent freshness (RFC 7675). Belongs to its
 * loop.
 *
 * <p>It is made for peers that do not trickle: a remote candidate is learnt from the check that
 * comes from it (peer-reflexive), checked back at once, and as controlling agent nominated with
 * that first check. Any pair that a check has validated may bring media. When the selected pair
 * falls silent while another one is alive, the other one is nominated: so a client whose address
 * changes is followed.
 */
final class IceAgent {
  /** Hears of the agent's progress, on the loop. */
  interface Listener {
    /** DTLS and media may be taken from this pair. */
    void validated(CandidatePair pair);

    /** Packets are sent on this pair from now on. */
    void selected(CandidatePair pair);

    /** DTLS, RTP or RTCP came on one of the agent's pairs, validated or not. */
    void packet(
        CandidatePair pair,
        FirstLook kind,
        byte[] buffer,
        int offset,
        int length,
        long arrivalNanos);

    void iceFailed(String why);
  }

  /** One side's ufrag and password, RFC 8445 section 5.3. */
  record Credentials(String ufrag, String password) {
    @Override
    public String toString() {
      return "Credentials[" + ufrag + "]";
    }
  }

  static final int MAX_PAIRS = 32;

  private static final long MS = 1_000_000L;

  /** Pace of checks and retransmissions, RFC 8445 section 14.2 has 50 ms as the default. */
  private static final long TICK = 20 * MS;

  private static final long FIRST_RETRY = 100 * MS;
  private static final long MAX_RETRY = 1_600 * MS;
  private static final int MAX_TRIES = 8;

  /** How soon an unanswered consent check is followed by the next one. */
  private static final long CONSENT_RETRY = 1_000 * MS;

  final UdpMediaLoop loop;
  final Listener listener;
  private final LoopPeers peers;
  private final long failAfterNanos;
  private final long consentInterval;
  private final long consentTimeout;
  private final long silentForChecks;
  private final long silentForMedia;
  final String ufrag;
  private final StunMac localMac;
  private final long tieBreaker;
  private final List<CandidatePair> pairs = new ArrayList<>(4);
  private final ArrayDeque<CandidatePair> ordinary = new ArrayDeque<>(0);
  private boolean controlling;
  private String remoteUfrag = "";
  private StunMac remoteMac;
  private CandidatePair selected;
  private CandidatePair nominee;
  private long deadlineNanos;
  private long consentDueNanos;
  private long lastReceivedNanos;
  private double roundTripMs = -1;
  private boolean failed;
  private boolean closed;
  private Loop.Timer timer = () -> {};
  private boolean ticking;

  IceAgent(
      UdpMediaLoop loop,
      Credentials local,
      boolean controlling,
      IceTiming timing,
      Listener listener) {
    this.loop = loop;
    peers = loop.peers();
    ufrag = local.ufrag();
    this.controlling = controlling;
    failAfterNanos = timing.failAfter().toNanos();
    consentInterval = timing.consentInterval().toNanos();
    consentTimeout = timing.consentTimeout().toNanos();
    silentForChecks = timing.silentForChecks().toNanos();
    silentForMedia = timing.silentForMedia().toNanos();
    this.listener = listener;
    localMac = new StunMac(local.password());
    tieBreaker = ThreadLocalRandom.current().nextLong();
  }

  /**
   * The peer's credentials; checks start. Other credentials than before are an ICE restart of the
   * peer's: what was validated stays in use while it is checked anew.
   */
  void remote(String peerUfrag, String peerPassword) {
    if (closed || failed || peerUfrag.isEmpty() || peerPassword.isEmpty()) {
      return;
    }
    boolean first = remoteMac == null;
    if (!first && peerUfrag.equals(remoteUfrag)) {
      return;
    }
    remoteUfrag = peerUfrag;
    remoteMac = new StunMac(peerPassword);
    long now = loop.nanoTime();
    if (first) {
      deadlineNanos = now + failAfterNanos;
    }
    for (CandidatePair pair : List.copyOf(pairs)) {
      check(pair, now);
    }
    reschedule(now);
  }

  /** A candidate that was signalled. */
  void remoteCandidate(DatagramPort port, InetSocketAddress address) {
    if (closed || failed || find(port, address) != null) {
      return;
    }
    if (pairs.size() < MAX_PAIRS) {
      ordinary.add(add(port, address));
      reschedule(loop.nanoTime());
    }
  }

  /** Whether a message was made with our password. */
  boolean isIntact(StunMessage request) {
    return request.isIntact(localMac);
  }

  /** A binding request that {@link #isIntact}. */
  void request(StunMessage request, DatagramPort port, InetSocketAddress from, long now) {
    if (closed || !usernameMatches(request)) {
      loop.counters().drop(Drop.BAD_STUN);
      return;
    }
    if (request.unknownCount() > 0) {
      respond(
          reply(StunMessage.BINDING_ERROR, request)
              .error(420, "Unknown Attribute")
              .unknownAttributes(request),
          port,
          from);
      return;
    }
    if (isRoleConflict(request)) {
      if (Long.compareUnsigned(tieBreaker, request.tieBreaker()) >= 0 == controlling) {
        respond(reply(StunMessage.BINDING_ERROR, request).error(487, "Role Conflict"), port, from);
        return;
      }
      controlling = !controlling;
    }
    respond(reply(StunMessage.BINDING_SUCCESS, request).xorMappedAddress(from), port, from);
    if (failed) {
      return;
    }
    lastReceivedNanos = now;
    CandidatePair pair = find(port, from);
    if (pair == null) {
      pair = learn(port, from);
      if (pair == null) {
        return;
      }
    }
    pair.lastReceivedNanos = now;
    if (request.useCandidate()) {
      pair.nominatedByPeer = true;
    }
    if (!pair.isValid()) {
      if (!pair.inFlight) {
        check(pair, now);
      } else if (now - pair.sentNanos > TICK) {
        // Triggered: what was lost on the way is worth another try now.
        transmit(pair, now);
      }
    } else if (!controlling && request.useCandidate()) {
      select(pair);
    } else if (pair != selected) {
      heardElsewhere(pair, now, silentForChecks);
    }
    reschedule(now);
  }

  /** Before the peer's ufrag is known any will do. */
  private boolean usernameMatches(StunMessage request) {
    String username = request.username();
    return username.length() > ufrag.length()
        && username.startsWith(ufrag)
        && (remoteMac == null || username.endsWith(remoteUfrag));
  }

  /** RFC 8445 section 7.3.1.1. */
  private boolean isRoleConflict(StunMessage request) {
    return controlling ? request.isFromControlling() : request.isFromControlled();
  }

  /** A new remote address, peer-reflexive; null when there are too many. */
  private CandidatePair learn(DatagramPort port, InetSocketAddress from) {
    if (pairs.size() >= MAX_PAIRS && !forgetOldest()) {
      return null;
    }
    return add(port, from);
  }

  private CandidatePair add(DatagramPort port, InetSocketAddress address) {
    CandidatePair pair = new CandidatePair(this, port, address);
    pairs.add(pair);
    peers.claim(pair);
    return pair;
  }

  private CandidatePair find(DatagramPort port, InetSocketAddress address) {
    for (int i = 0; i < pairs.size(); i++) {
      Flow flow = pairs.get(i).flow;
      if (flow.port == port && flow.remote.equals(address)) {
        return pairs.get(i);
      }
    }
    return null;
  }

  private boolean forgetOldest() {
    CandidatePair oldest = null;
    for (CandidatePair pair : pairs) {
      if (pair != selected
          && pair != nominee
          && (oldest == null || pair.lastReceivedNanos - oldest.lastReceivedNanos < 0)) {
        oldest = pair;
      }
    }
    if (oldest == null) {
      return false;
    }
    forget(oldest);
    return pairs.remove(oldest);
  }

  private void forget(CandidatePair pair) {
    pair.closed = true;
    pair.inFlight = false;
    peers.forget(pair);
  }

  /** A binding response to the check in flight on a pair; found by its transaction id. */
  void response(
      StunMessage response, CandidatePair pair, DatagramPort port, InetSocketAddress from) {
    // Section 7.2.5.2.1: the answer comes from where the check went.
    if (closed
        || failed
        || !response.isIntact(remoteMac)
        || port != pair.flow.port
        || !from.equals(pair.flow.remote)) {
      loop.counters().drop(Drop.BAD_STUN);
      return;
    }
    long now = loop.nanoTime();
    finish(pair);
    pair.lastReceivedNanos = now;
    lastReceivedNanos = now;
    if (response.type() == StunMessage.BINDING_ERROR) {
      refused(response, pair, now);
    } else {
      answered(pair, now);
    }
    reschedule(now);
  }

  private void refused(StunMessage response, CandidatePair pair, long now) {
    if (response.errorCode() == 487) {
      controlling = !controlling;
      check(pair, now);
    } else if (!pair.isValid()) {
      fail(pair, now);
    }
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
    if (closed || failed) {
      return;
    }
    if (controlling) {
      if (pair.nominating) {
        nominee = null;
        select(pair);
      } else if (selected == null && nominee == null) {
        nominate(pair, now);
      }
    } else if (pair.nominatedByPeer) {
      select(pair);
    }
  }

  private void select(CandidatePair pair) {
    if (pair != selected) {
      selected = pair;
      consentDueNanos = loop.nanoTime() + jitter(consentInterval);
      listener.selected(pair);
    }
  }

  /** Authentic media came on a validated pair. Called for every packet. */
  void mediaReceived(CandidatePair pair, long now) {
    pair.lastReceivedNanos = now;
    lastReceivedNanos = now;
    if (pair != selected) {
      heardElsewhere(pair, now, silentForMedia);
    }
  }

  /** The peer is alive on another pair: follow it there if the selected one is silent. */
  private void heardElsewhere(CandidatePair pair, long now, long silence) {
    if (controlling
        && selected != null
        && !failed
        && nominee == null
        && now - selected.lastReceivedNanos > silence) {
      nominate(pair, now);
      reschedule(now);
    }
  }

  private void nominate(CandidatePair pair, long now) {
    nominee = pair;
    if (pair.inFlight) {
      finish(pair);
    }
    send(pair, now, true);
  }

  private void check(CandidatePair pair, long now) {
    if (remoteMac == null || closed || failed) {
      return;
    }
    boolean nominate = controlling && selected == null && nominee == null;
    if (nominate) {
      nominee = pair;
    }
    if (!pair.isValid()) {
      pair.state = CandidatePair.State.IN_PROGRESS;
    }
    if (pair.inFlight) {
      finish(pair);
    }
    send(pair, now, nominate || pair == nominee);
  }

  /** Begins a new transaction. */
  private void send(CandidatePair pair, long now, boolean nominating) {
    pair.nominating = nominating;
    pair.tries = 0;
    pair.inFlight = true;
    peers.begin(pair);
    transmit(pair, now);
  }

  private void transmit(CandidatePair pair, long now) {
    pair.tries++;
    pair.sentNanos = now;
    pair.retryNanos = now + Math.min(MAX_RETRY, FIRST_RETRY << (pair.tries - 1));
    StunWriter writer = peers.writer();
    writer.begin(StunMessage.BINDING_REQUEST, peers.transactionId(pair), 0);
    writer.text(StunMessage.USERNAME, remoteUfrag + ":" + ufrag);
    writer.int32(StunMessage.PRIORITY, LocalCandidates.peerReflexivePriority(pair.flow.port));
    writer.int64(
        controlling ? StunMessage.ICE_CONTROLLING : StunMessage.ICE_CONTROLLED, tieBreaker);
    if (controlling && pair.nominating) {
      writer.flag(StunMessage.USE_CANDIDATE);
    }
    writer.sign(remoteMac);
    loop.batch().add(pair.flow, writer.buffer(), 0, writer.length());
  }

  private void finish(CandidatePair pair) {
    if (pair.inFlight) {
      pair.inFlight = false;
      peers.end(pair);
    }
  }

  private StunWriter reply(int type, StunMessage request) {
    return peers.writer().begin(type, request.buffer(), request.transactionAt());
  }

  private void respond(StunWriter response, DatagramPort port, InetSocketAddress to) {
    response.sign(localMac);
    CandidatePair known = find(port, to);
    Flow flow = known == null ? new Flow(port, to) : known.flow;
    loop.batch().add(flow, response.buffer(), 0, response.length());
  }

  private void tick() {
    ticking = false;
    if (closed || failed) {
      return;
    }
    long now = loop.nanoTime();
    if (!ordinary.isEmpty() && remoteMac != null) {
      CandidatePair pair = ordinary.poll();
      if (pair.state == CandidatePair.State.WAITING && !pair.closed) {
        check(pair, now);
      }
    }
    for (int i = 0; i < pairs.size(); i++) {
      CandidatePair pair = pairs.get(i);
      if (pair.inFlight && now - pair.retryNanos >= 0) {
        retry(pair, now);
      }
    }
    if (selected != null) {
      consent(now);
    } else if (remoteMac != null && now - deadlineNanos >= 0) {
      giveUp("no connectivity check came through");
    }
    reschedule(now);
  }

  private void retry(CandidatePair pair, long now) {
    if (pair == selected && !pair.nominating) {
      // A consent check is not repeated, the next one follows: RFC 7675 section 5.1.
      finish(pair);
      return;
    }
    if (pair == nominee && pair.tries >= 2) {
      // Another pair that has answered is the better choice.
      for (CandidatePair other : pairs) {
        if (other != pair && other.isValid() && other != selected) {
          nominee = null;
          pair.nominating = false;
          nominate(other, now);
          return;
        }
      }
    }
    if (pair.tries < MAX_TRIES) {
      transmit(pair, now);
    } else {
      finish(pair);
      fail(pair, now);
    }
  }

  private void fail(CandidatePair pair, long now) {
    if (pair != selected) {
      pair.state = CandidatePair.State.FAILED;
    }
    if (pair == nominee) {
      nominee = null;
      for (CandidatePair other : pairs) {
        if (selected == null && other.isValid()) {
          nominate(other, now);
          return;
        }
      }
    }
  }

  private void consent(long now) {
    if (now - selected.lastAnswerNanos >= consentTimeout) {
      giveUp("the client has not answered for " + consentTimeout / 1_000_000_000L + " s");
      return;
    }
    if (now - consentDueNanos < 0) {
      return;
    }
    boolean answered = now - selected.lastAnswerNanos < consentInterval * 3 / 2;
    consentDueNanos =
        now + jitter(answered ? consentInterval : Math.min(consentInterval, CONSENT_RETRY));
    if (!selected.inFlight) {
      send(selected, now, false);
      selected.retryNanos = now + CONSENT_RETRY;
    }
  }

  private void giveUp(String why) {
    failed = true;
    selected = null;
    for (CandidatePair pair : pairs) {
      finish(pair);
    }
    listener.iceFailed(why);
  }

  private static long jitter(long interval) {
    return (long) (interval * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
  }

  /** Sets the timer for what is due next; nothing runs while nothing is. */
  private void reschedule(long now) {
    if (closed || failed) {
      return;
    }
    long due = Long.MAX_VALUE;
    if (!ordinary.isEmpty() && remoteMac != null) {
      due = TICK;
    }
    for (int i = 0; i < pairs.size(); i++) {
      CandidatePair pair = pairs.get(i);
      if (pair.inFlight) {
        due = Math.min(due, pair.retryNanos - now);
      }
    }
    if (selected != null) {
      due = Math.min(due, consentDueNanos - now);
    } else if (remoteMac != null) {
      due = Math.min(due, deadlineNanos - now);
    }
    if (ticking) {
      timer.cancel();
      ticking = false;
    }
    if (due < Long.MAX_VALUE) {
      ticking = true;
      timer = loop.schedule(Math.max(due, MS), this::tick);
    }
  }

  /** The pair that packets are sent on, or null. */
  CandidatePair selected() {
    return selected;
  }

  long lastReceivedNanos() {
    return lastReceivedNanos;
  }

  double roundTripMs() {
    return roundTripMs;
  }

  boolean isControlling() {
    return controlling;
  }

  List<CandidatePair> pairs() {
    return pairs;
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    timer.cancel();
    for (CandidatePair pair : pairs) {
      finish(pair);
      forget(pair);
    }
    pairs.clear();
    ordinary.clear();
    selected = null;
  }
}
