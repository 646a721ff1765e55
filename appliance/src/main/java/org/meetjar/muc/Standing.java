package org.meetjar.muc;

import java.util.List;
import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/**
 * Changes of role and affiliation, and what follows from them. Who may do so is checked before, in
 * {@link RoomAdmin}.
 */
final class Standing {
  /** Longer reasons are cut: everybody in the room gets a copy. */
  private static final int MAX_REASON = 500;

  private final Room room;

  Standing(Room room) {
    this.room = room;
  }

  /** Sends somebody out. What the account was in the room is forgotten with it. */
  void kick(Occupant target, Optional<Occupant> actor, String reason) {
    Jid account = target.real().bare();
    boolean granted = !target.isService() && room.affiliations().of(account) != Affiliation.NONE;
    if (granted) {
      room.affiliations().set(account, Affiliation.NONE, room::isPresent);
    }
    sendOut(target, Affiliation.NONE, actor, reason, Status.KICKED);
    if (granted) {
      reconcile(account, actor, reason);
    }
  }

  void giveRole(Occupant target, Role role, Optional<Occupant> actor, String reason) {
    if (target.role() != role) {
      target.standing(target.affiliation(), role);
      room.publish(target, because(Presences.item(target), actor, reason));
    }
  }

  void affiliate(Jid account, Affiliation affiliation, Optional<Occupant> actor, String reason)
      throws Refusal {
    if (!room.affiliations().set(account, affiliation, room::isPresent)) {
      throw new Refusal(StanzaError.RESOURCE_CONSTRAINT, "Too many people have an affiliation");
    }
    reconcile(account.bare(), actor, reason);
  }

  /** Brings the account's occupants in line with its affiliation. */
  private void reconcile(Jid account, Optional<Occupant> actor, String reason) {
    Affiliation affiliation = room.affiliations().of(account);
    for (Occupant occupant : List.copyOf(room.occupants())) {
      if (!occupant.real().bare().equals(account) || occupant.affiliation() == affiliation) {
        continue;
      }
      if (affiliation == Affiliation.OUTCAST) {
        sendOut(occupant, affiliation, actor, reason, Status.BANNED);
      } else if (affiliation == Affiliation.NONE && room.config().membersOnly()) {
        sendOut(occupant, affiliation, actor, reason, Status.AFFILIATION_LOST);
      } else {
        occupant.standing(affiliation, affiliation.role());
        room.publish(occupant, because(Presences.item(occupant), actor, reason));
      }
    }
  }

  /** The room became members-only: XEP-0045 section 10.2. */
  void sendOutNonMembers() {
    for (Occupant occupant : List.copyOf(room.occupants())) {
      if (!occupant.isService() && !occupant.affiliation().isAtLeast(Affiliation.MEMBER)) {
        sendOut(occupant, Affiliation.NONE, Optional.empty(), "", Status.MEMBERS_ONLY_NOW);
      }
    }
  }

  private void sendOut(
      Occupant target,
      Affiliation affiliation,
      Optional<Occupant> actor,
      String reason,
      int status) {
    Element.Builder item = Presences.item(target, affiliation, Role.NONE);
    room.leave(target, List.of(), because(item, actor, reason), status);
  }

  private static Element because(Element.Builder item, Optional<Occupant> actor, String reason) {
    actor.ifPresent(
        by -> item.add(Element.of("actor", Ns.MUC_USER).set("nick", by.nick()).build()));
    if (!reason.isEmpty()) {
      item.textChild("reason", cut(reason));
    }
    return item.build();
  }

  private static String cut(String reason) {
    if (reason.length() <= MAX_REASON) {
      return reason;
    }
    int end =
        Character.isHighSurrogate(reason.charAt(MAX_REASON - 1)) ? MAX_REASON - 1 : MAX_REASON;
    return reason.substring(0, end);
  }
}
