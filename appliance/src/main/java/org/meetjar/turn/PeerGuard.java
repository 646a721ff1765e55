package org.meetjar.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The last word on every peer: forbidden addresses first, our own sockets next, the session's
 * meeting last. Owned by the TURN thread.
 */
final class PeerGuard {
  private final Set<InetAddress> ownAddresses;
  private final Map<InetAddress, InetAddress> byAdvertised = new HashMap<>();
  private final Map<InetAddress, InetAddress> byBound = new HashMap<>();
  private final Set<Integer> ownPorts;
  private final Predicate<InetAddress> forbidden;
  private final Allocations allocations;
  private final PeerPolicy policy;

  /**
   * @param behindNat for each advertised address of ours the one that the machine itself has
   */
  PeerGuard(
      Set<InetAddress> ownAddresses,
      Map<InetAddress, InetAddress> behindNat,
      Set<Integer> ownPorts,
      Predicate<InetAddress> forbidden,
      Allocations allocations,
      PeerPolicy policy) {
    this.ownAddresses = Set.copyOf(ownAddresses);
    behindNat.forEach(
        (advertised, bound) -> {
          if (!advertised.equals(bound)) {
            byAdvertised.put(advertised, bound);
            byBound.put(bound, advertised);
          }
        });
    this.ownPorts = Set.copyOf(ownPorts);
    this.forbidden = forbidden;
    this.allocations = allocations;
    this.policy = policy;
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
