package org.meetjar.xmpp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * To whom a session has announced itself, and who must therefore hear of its end (RFC 6121 section
 * 4.6).
 */
final class DirectedPresences {
  private final int limit;
  private final Set<Jid> receivers = new LinkedHashSet<>(4);

  DirectedPresences(int limit) {
    this.limit = limit;
  }

  /** False when there are too many already. */
  boolean add(Jid receiver) {
    return receivers.contains(receiver) || (receivers.size() < limit && receivers.add(receiver));
  }

  void remove(Jid receiver) {
    receivers.remove(receiver);
  }

  List<Jid> takeAll() {
    List<Jid> all = List.copyOf(receivers);
    receivers.clear();
    return all;
  }
}
