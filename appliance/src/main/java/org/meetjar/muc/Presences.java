package org.meetjar.muc;

import java.util.List;
import java.util.Set;
import org.meetjar.xml.Element;

/** Makes the presence stanzas of a room, and cleans those of clients. */
final class Presences {
  /** Any client's word on these would be taken for the server's. */
  private static final Set<String> SERVER_MADE = Set.of("identity", "permissions", "delay");

  private Presences() {}

  /** The item that tells who an occupant is: every one carries the full real JID. */
  static Element.Builder item(Occupant occupant) {
    return item(occupant, occupant.affiliation(), occupant.role());
  }

  static Element.Builder item(Occupant occupant, Affiliation affiliation, Role role) {
    return Element.of("item", Ns.MUC_USER)
        .set("jid", occupant.real().toString())
        .set("affiliation", affiliation.toString())
        .set("role", role.toString());
  }

  /** The presence of somebody who is in. */
  static Element available(Occupant occupant, Element item, int... statuses) {
    return from(occupant).add(user(item, statuses)).addAll(occupant.extensions()).build();
  }

  /**
   * The presence of somebody who goes.
   *
   * @param said what the leaving client said in its last presence
   */
  static Element unavailable(Occupant occupant, List<Element> said, Element user) {
    return from(occupant).set("type", "unavailable").add(user).addAll(said).build();
  }

  private static Element.Builder from(Occupant occupant) {
    return Element.of("presence", Ns.CLIENT).set("from", occupant.jid().toString());
  }

  static Element user(Element item, int... statuses) {
    Element.Builder x = Element.of("x", Ns.MUC_USER).add(item);
    for (int status : statuses) {
      x.add(status(status));
    }
    return x.build();
  }

  static Element status(int code) {
    return Element.of("status", Ns.MUC_USER).set("code", code).build();
  }

  /**
   * The children of a client's presence that are for all to see. What only the server may say is
   * left out.
   *
   * @param service whether the sender is trusted to speak as the focus
   */
  static List<Element> cleaned(Element presence, boolean service) {
    return presence
        .children()
        .filter(
            child ->
                !(child.name().equals("x")
                    && (child.namespace().equals(Ns.MUC)
                        || child.namespace().equals(Ns.MUC_USER)
                        || child.namespace().equals(Ns.LEGACY_DELAY))))
        // By name alone, since this is how clients look for them.
        .filter(child -> service || !SERVER_MADE.contains(child.name()))
        .filter(child -> service || !child.namespace().equals(Ns.FOCUS))
        .toList();
  }
}
