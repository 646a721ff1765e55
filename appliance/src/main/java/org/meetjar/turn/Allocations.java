package org.meetjar.turn;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All allocations, by 5-tuple, with the counts that quotas need. Owned by the TURN thread. */
final class Allocations {
  private final Map<ClientPath, Allocation> byPath = new HashMap<>();
  private final Map<String, Integer> bySession = new HashMap<>();
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private final Set<Integer> relayPorts = new HashSet<>();
  private final TurnMetrics metrics = new TurnMetrics();

  TurnMetrics metrics() {
    return metrics;
  }

  Allocation of(ClientPath path) {
    return byPath.get(path);
  }

  int count() {
    return byPath.size();
  }

  int ofSession(String session) {
    return bySession.getOrDefault(session, 0);
  }

  int ofAddress(InetAddress address) {
    return byAddress.getOrDefault(address, 0);
  }

  boolean isRelayPort(int port) {
    return relayPorts.contains(port);
  }

  void add(Allocation allocation) {
    byPath.put(allocation.path, allocation);
    metrics.allocationsMade.increment();
    metrics.allocations.set(byPath.size());
    bySession.merge(Credentials.sessionOf(allocation.userName), 1, Integer::sum);
    byAddress.merge(allocation.path.client().getAddress(), 1, Integer::sum);
    relayPorts.add(allocation.relayed.getPort());
  }

  void remove(Allocation allocation) {
    if (byPath.remove(allocation.path, allocation)) {
      metrics.allocations.set(byPath.size());
      bySession.computeIfPresent(Credentials.sessionOf(allocation.userName), (k, n) -> less(n));
      byAddress.computeIfPresent(allocation.path.client().getAddress(), (k, n) -> less(n));
      relayPorts.remove(allocation.relayed.getPort());
      allocation.close();
    }
  }

  /** Ends what has expired, and what belongs to sessions that are over. */
  void sweep(long now, PeerGuard guard, PeerPolicy policy) {
    for (Allocation allocation : List.copyOf(byPath.values())) {
      String session = Credentials.sessionOf(allocation.userName);
      if (allocation.expiresAt - now <= 0 || !policy.alive(session)) {
        remove(allocation);
      } else {
        allocation.sweep(now, peer -> guard.mayPermit(session, peer));
      }
    }
  }

  private static Integer less(int count) {
    return count > 1 ? count - 1 : null;
  }
}
