package org.meetjar.relay;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.meetjar.xmpp.Jid;

/**
 * What one session may reach by relay: what others have announced to it. Owned by the signalling
 * loop; {@link #reaches} is for any thread.
 */
final class RelayClient {
  /** Others at a time whose calls are remembered, the latest; a call is between two. */
  private static final int MAX_ANNOUNCERS = 8;

  /** Addresses of one of them; browsers have a handful. */
  private static final int MAX_ADDRESSES = 32;

  private final String session;
  private final Map<Jid, Set<InetAddress>> announced = new LinkedHashMap<>();

  /** All of them; replaced, never changed. */
  private volatile Set<InetAddress> reachable = Set.of();

  RelayClient(String session) {
    this.session = session;
  }

  /** Stands for the session in its credentials. */
  String session() {
    return session;
  }

  boolean reaches(InetAddress address) {
    return reachable.contains(address);
  }

  void announce(Jid by, Set<InetAddress> addresses) {
    Set<InetAddress> known = announced.remove(by);
    Set<InetAddress> all = known == null ? new LinkedHashSet<>() : known;
    // the latest stays longest: networks change during a call
    all.removeAll(addresses);
    all.addAll(addresses);
    while (all.size() > MAX_ADDRESSES) {
      all.remove(all.iterator().next());
    }
    announced.put(by, all);
    if (announced.size() > MAX_ANNOUNCERS) {
      announced.remove(announced.keySet().iterator().next());
    }
    publish();
  }

  void forget(Jid announcer) {
    if (announced.remove(announcer) != null) {
      publish();
    }
  }

  void forgetAll() {
    announced.clear();
    publish();
  }

  private void publish() {
    Set<InetAddress> all = new HashSet<>();
    announced.values().forEach(all::addAll);
    reachable = Set.copyOf(all);
  }
}
