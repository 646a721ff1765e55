package org.meetjar.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The last word on every peer: forbidden addresses first, our own sockets next, the session's
 * meeting last. Owned by the TURN thread.
 */
final class PeerGuard {
  private final Set<InetAddress> ownAddresses;
  private final Set<Integer> ownPorts;
  private final Predicate<InetAddress> forbidden;
  private final Allocations allocations;
  private final PeerPolicy policy;

  PeerGuard(
      Set<InetAddress> ownAddresses,
      Set<Integer> ownPorts,
      Predicate<InetAddress> forbidden,
      Allocations allocations,
      PeerPolicy policy) {
    this.ownAddresses = Set.copyOf(ownAddresses);
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
}
