package org.meetjar.xmpp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.channel.QueueBudget;
import org.meetjar.config.XmppLimits;

/** All sessions, by address and by resumption token. Owned by the signalling loop. */
final class Sessions {
  private final XmppLimits limits;
  private final Map<Jid, Session> byJid = new HashMap<>();
  private final Map<String, Session> byToken = new HashMap<>();
  private final Map<String, Integer> hibernatingByAddress = new HashMap<>();
  private final QueueBudget unacknowledged;
  private int hibernating;

  Sessions(XmppLimits limits) {
    this.limits = limits;
    unacknowledged = new QueueBudget(limits.unacknowledgedTotal());
  }

  /** The session with this full JID, or null. */
  Session get(Jid jid) {
    return byJid.get(jid);
  }

  /** The session that the token resumes, or null. */
  Session withToken(String token) {
    return token.isEmpty() ? null : byToken.get(token);
  }

  boolean full() {
    return byJid.size() >= limits.sessions();
  }

  void add(Session session) {
    byJid.put(session.jid(), session);
  }

  void remember(String token, Session session) {
    byToken.put(token, session);
  }

  void remove(Session session, String token) {
    byJid.remove(session.jid(), session);
    byToken.remove(token);
  }

  /** Takes one of the places of those who wait for resumption; false when none is left. */
  boolean hibernate(String address) {
    if (hibernating >= limits.hibernating()
        || hibernatingByAddress.getOrDefault(address, 0) >= limits.hibernatingPerAddress()) {
      return false;
    }
    hibernating++;
    hibernatingByAddress.merge(address, 1, Integer::sum);
    return true;
  }

  void wake(String address) {
    hibernating--;
    hibernatingByAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
  }

  /** What all of them together keep until it is acknowledged. */
  QueueBudget unacknowledged() {
    return unacknowledged;
  }

  int size() {
    return byJid.size();
  }

  int hibernating() {
    return hibernating;
  }

  List<Session> all() {
    return new ArrayList<>(byJid.values());
  }
}
