package org.meetjar.focus;

import org.meetjar.xmpp.Jid;

/**
 * Where things are in the domain.
 *
 * @param domain the domain of accounts
 */
record FocusAddresses(String domain) {
  /** The focus's nick in every room; clients know the focus by it. */
  static final String NICK = "focus";

  /** Takes conference requests. */
  Jid service() {
    return new Jid("", "focus." + domain, "");
  }

  /** What {@code focusjid} names: bare, an occupant is the focus if its JID starts with it. */
  Jid account() {
    return new Jid("focus", "auth." + domain, "");
  }

  /** The sender of all that the focus sends into rooms. */
  Jid user() {
    return account().withResource("focus");
  }

  /** Whether the address names a room: {@code conference.D}, or {@code conference.<tenant>.D}. */
  boolean isRoom(Jid jid) {
    return jid.isBare()
        && !jid.node().isEmpty()
        && (jid.domain().equals("conference." + domain)
            || (jid.domain().startsWith("conference.") && jid.domain().endsWith("." + domain)));
  }

  /** Whether the address is of somebody with an account, where guests have their own domain. */
  boolean isAccount(Jid jid) {
    return jid.domain().equals(domain);
  }

  /** Recorders and other services, which are never made owners. */
  boolean isService(Jid jid) {
    return jid.domain().equals("auth." + domain) || jid.domain().equals("recorder." + domain);
  }
}
