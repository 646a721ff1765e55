package org.meetjar.focus;

import java.util.regex.Pattern;
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
  private static final Pattern NICK = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_]*");

  String nick() {
    return address.resource();
  }

  /** Whether the nick can be an endpoint's id, with which the names of its sources begin. */
  boolean mayTakePart() {
    return NICK.matcher(nick()).matches() && !nick().equals(Conference.BRIDGE);
  }

  boolean isModerator() {
    return role.equals("moderator");
  }

  boolean isOwner() {
    return affiliation.equals("owner");
  }
}
