package org.meetjar.xmpp;

import java.util.HashMap;
import java.util.Map;
import org.meetjar.config.XmppLimits;
import org.meetjar.guard.Addresses;

/**
 * Counts the connections that have not signed in. The one piece of the hub that several threads
 * use: the web server asks before it lets somebody in.
 */
final class Strangers {
  private final XmppLimits limits;
  private final Map<String, Integer> byNetwork = new HashMap<>();
  private int all;

  Strangers(XmppLimits limits) {
    this.limits = limits;
  }

  synchronized boolean hasRoomFor(String address) {
    return all < limits.strangers()
        && byNetwork.getOrDefault(Addresses.network(address), 0) < limits.strangersPerAddress();
  }

  /** Takes a place; false when there is none. */
  synchronized boolean enter(String address) {
    if (!hasRoomFor(address)) {
      return false;
    }
    all++;
    byNetwork.merge(Addresses.network(address), 1, Integer::sum);
    return true;
  }

  synchronized void leave(String address) {
    all--;
    byNetwork.computeIfPresent(
        Addresses.network(address), (a, count) -> count == 1 ? null : count - 1);
  }

  synchronized int count() {
    return all;
  }
}
