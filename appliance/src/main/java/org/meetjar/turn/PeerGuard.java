package org.meetjar.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.meetjar.address.AddressRules;

/**
 * The last word on every peer: forbidden addresses first, our own sockets next, the session's
 * meeting last. Owned by the TURN thread.
 */
final class PeerGuard {
  /** Addresses of former days; a home's changes daily. */
  private static final int MAX_REMEMBERED = 16;

  private final Set<InetAddress> ownAddresses = new HashSet<>();
  private final Map<InetAddress, InetAddress> byAdvertised = new HashMap<>();
  private final Map<InetAddress, InetAddress> byBound = new HashMap<>();
  private final Set<Integer> ownPorts;
  private final Predicate<InetAddress> forbidden;
  private final Allocations allocations;
  private final PeerPolicy policy;

  PeerGuard(
      Set<Integer> ownPorts,
      Predicate<InetAddress> forbidden,
      Allocations allocations,
      PeerPolicy policy) {
    this.ownPorts = Set.copyOf(ownPorts);
    this.forbidden = forbidden;
    this.allocations = allocations;
    this.policy = policy;
  }

  /**
   * Says which addresses are ours. By the one that is advertised now packets are known; the ones
   * that were advertised before stay ours, too, for whoever still uses them.
   */
  void own(List<InetAddress> listen, List<TurnServer.Relayed> relays) {
    if (byAdvertised.size() > MAX_REMEMBERED) {
      ownAddresses.clear();
      byAdvertised.clear();
    }
    byBound.clear();
    ownAddresses.addAll(listen);
    for (TurnServer.Relayed relay : relays) {
      ownAddresses.add(relay.bind());
      ownAddresses.add(relay.advertise());
      byAdvertised.remove(relay.advertise());
      if (!relay.advertise().equals(relay.bind())) {
        byAdvertised.put(relay.advertise(), relay.bind());
        byBound.put(relay.bind(), relay.advertise());
      }
    }
  }

  /** Whether a permission may be made; ports are looked at with each packet. */
  boolean mayPermit(String session, InetAddress peer) {
    if (!AddressRules.reduce(peer).equals(peer)) {
      // Nobody has a reason to write an IPv4 address as IPv6.
      return false;
    }
    return ownAddresses.contains(peer)
        || (!forbidden.test(peer) && policy.permits(session, new InetSocketAddress(peer, 0)));
  }

  /**
   * Whether a packet may pass between the allocation and the peer; the permission is looked at
   * elsewhere.
   */
  boolean mayPass(InetSocketAddress peer) {
    int port = peer.getPort();
    return !ownAddresses.contains(peer.getAddress())
        || ownPorts.contains(port)
        || allocations.isRelayPort(port);
  }

  /**
   * Where a packet for the peer is really to be sent. Behind NAT our own advertised address may not
   * be reachable from inside, so what is meant for it goes to the address that the machine has.
   */
  InetSocketAddress toReach(InetSocketAddress peer) {
    return renamed(byAdvertised, peer);
  }

  /** The peer that a packet came from, by the address that others know it by. */
  InetSocketAddress asKnown(InetSocketAddress source) {
    return renamed(byBound, source);
  }

  private static InetSocketAddress renamed(
      Map<InetAddress, InetAddress> names, InetSocketAddress address) {
    if (names.isEmpty()) {
      return address;
    }
    InetAddress other = names.get(address.getAddress());
    return other == null ? address : new InetSocketAddress(other, address.getPort());
  }
}
