package org.meetjar.focus;

import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/**
 * Somebody else in the room.
 *
 * @param address {@code R/nick}
 * @param jid the real JID
 * @param presence as last seen
 */
record Occupant(Jid address, Jid jid, String affiliation, String role, Element presence) {
  String nick() {
    return address.resource();
  }

  boolean isModerator() {
    return role.equals("moderator");
  }

  boolean isOwner() {
    return affiliation.equals("owner");
  }
}
