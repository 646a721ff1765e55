package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/**
 * Who is at which address, for one loop: takes the first look at each datagram and brings it to its
 * transport, or to the loop that owns it. Belongs to its loop.
 */
final class LoopPeers {
  private final Registry registry;
  private final int loopIndex;
  private final List<Map<InetSocketAddress, CandidatePair>> byPort = new ArrayList<>();
  private final Map<Long, CandidatePair> transactions = new HashMap<>();
  private final StunMessage message = new StunMessage();
  private final StunWriter writer = new StunWriter();
  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
  private UdpMediaLoop loop;
  private InetSocketAddress lastFrom;
  private DatagramPort lastPort;
  private CandidatePair lastPair;

  LoopPeers(Registry registry, int loopIndex, int ports) {
    this.registry = registry;
    this.loopIndex = loopIndex;
    for (int i = 0; i < ports; i++) {
      byPort.add(new HashMap<>());
    }
  }

  void loop(UdpMediaLoop owner) {
    loop = owner;
  }

  StunWriter writer() {
    return writer;
  }

  public void route(
      DatagramPort port,
      byte[] buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long arrivalNanos) {
    FirstLook kind = FirstLook.at(buffer, offset, length);
    switch (kind) {
      case STUN -> stun(port, buffer, offset, length, from, arrivalNanos);
      case DTLS, RTP, RTCP -> {
        CandidatePair pair = at(port, from);
        if (pair == null) {
          loop.counters().drop(Drop.UNKNOWN_ADDRESS);
        } else if (pair.agent.loop == loop) {
          loop.counters().mediaIn += kind == FirstLook.DTLS ? 0 : 1;
          pair.agent.listener.packet(pair, kind, buffer, offset, length, arrivalNanos);
        } else {
          handOff(pair.agent.loop, port, buffer, offset, length, from);
        }
      }
      case OTHER -> loop.counters().drop(Drop.UNKNOWN_KIND);
    }
  }

  private void stun(
      DatagramPort port,
      byte[] buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long arrivalNanos) {
    if (!message.read(buffer, offset, length) || message.method() != Method.BINDING) {
      loop.counters().drop(Drop.BAD_STUN);
      return;
    }
    switch (message.messageClass()) {
      case REQUEST -> {
        UdpTransport transport = registry.byUfrag(localUfrag());
        if (transport == null) {
          loop.counters().drop(Drop.BAD_STUN);
        } else if (transport.loop() != loop) {
          handOff(transport.loop(), port, buffer, offset, length, from);
        } else if (transport.agent().isIntact(message)) {
          transport.agent().request(message, port, from, arrivalNanos);
        } else {
          loop.counters().drop(Drop.BAD_STUN);
        }
      }
      case SUCCESS, ERROR -> {
        // Our transaction ids begin with the loop they belong to.
        int owner = (int) (message.transactionHead() >>> 56);
        if (owner != loopIndex
            && owner < registry.loops().size()
            && registry.loops().get(owner).hasBegun()) {
          handOff(registry.loops().get(owner), port, buffer, offset, length, from);
          return;
        }
        CandidatePair pair = transactions.get(message.transactionHead());
        if (pair == null || pair.transactionTail != message.transactionTail()) {
          loop.counters().drop(Drop.BAD_STUN);
        } else {
          pair.agent.response(message, pair, port, from);
        }
      }
      case INDICATION -> {
        // It keeps a NAT's mapping alive and asks for nothing.
      }
    }
  }

  /** The ufrag of the side that receives a request: what stands before the colon. */
  private String localUfrag() {
    String name = message.text(Attribute.USERNAME).orElse("");
    return name.substring(0, Math.max(0, name.indexOf(':')));
  }

  private void handOff(
      UdpMediaLoop owner,
      DatagramPort port,
      byte[] buffer,
      int offset,
      int length,
      InetSocketAddress from) {
    if (owner != loop && owner.handOff(port.index(), buffer, offset, length, from)) {
      loop.counters().handedOff++;
    } else {
      loop.counters().drop(Drop.HAND_OFF_FULL);
    }
  }

  /** The pair at a 5-tuple, or null. Ports give the same object for the same sender at times. */
  @SuppressWarnings("ReferenceEquality")
  private CandidatePair at(DatagramPort port, InetSocketAddress from) {
    if (from == lastFrom && port == lastPort && !lastPair.closed) {
      return lastPair;
    }
    Map<InetSocketAddress, CandidatePair> pairs = byPort.get(port.index());
    CandidatePair pair = pairs.get(from);
    if (pair == null) {
      pair = registry.foreign(port, from);
      if (pair == null || pair.closed) {
        return null;
      }
      pairs.put(pair.flow.remote, pair);
    } else if (pair.closed) {
      pairs.remove(from);
      return null;
    }
    lastFrom = from;
    lastPort = port;
    lastPair = pair;
    return pair;
  }

  /** Makes the pair known at its 5-tuple, unless a living one is there already. */
  void claim(CandidatePair pair) {
    CandidatePair there = byPort.get(pair.flow.port.index()).get(pair.flow.remote);
    if (there == null || there.closed) {
      takeOver(pair);
    }
  }

  /** Makes the pair the one at its 5-tuple: its peer has proved that the address is its own. */
  void takeOver(CandidatePair pair) {
    Map<InetSocketAddress, CandidatePair> pairs = byPort.get(pair.flow.port.index());
    // Removed first, so that the key is the pair's own and an old one can be collected.
    pairs.remove(pair.flow.remote);
    pairs.put(pair.flow.remote, pair);
    registry.publish(pair);
    lastFrom = null;
  }

  void forget(CandidatePair pair) {
    byPort.get(pair.flow.port.index()).remove(pair.flow.remote, pair);
    registry.withdraw(pair);
    lastFrom = null;
    lastPair = null;
    for (UdpMediaLoop other : registry.loops()) {
      if (other != loop && other.hasBegun()) {
        other.peers().forgetForeign(pair);
      }
    }
  }

  private void forgetForeign(CandidatePair pair) {
    loop.executeQuietly(
        () -> {
          byPort.get(pair.flow.port.index()).remove(pair.flow.remote, pair);
          lastFrom = null;
          lastPair = null;
        });
  }

  /** Gives the pair a new transaction id. */
  void begin(CandidatePair pair) {
    long id = (random.nextLong() & 0x00FF_FFFF_FFFF_FFFFL) | ((long) loopIndex << 56);
    pair.transactionHead = id;
    pair.transactionTail = random.nextInt();
    transactions.put(id, pair);
  }

  void end(CandidatePair pair) {
    transactions.remove(pair.transactionHead, pair);
  }

  int size() {
    int size = 0;
    for (Map<InetSocketAddress, CandidatePair> pairs : byPort) {
      size += pairs.size();
    }
    return size;
  }
}
