package org.meetjar.muc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/**
 * Requests of namespace {@code muc#admin}: lists, kicks, grants (XEP-0045 sections 8 and 9). A
 * request with many items is carried out whole or not at all.
 *
 * <p>Unlike in the XEP, owners may kick and demote each other: every moderator of a meeting is an
 * owner. Nobody touches a service administrator.
 */
final class RoomAdmin {
  private record Actor(
      Jid jid, boolean service, Affiliation affiliation, Optional<Occupant> occupant) {
    boolean isModerator() {
      return service || occupant.filter(Occupant::isModerator).isPresent();
    }
  }

  private interface Change {
    void apply() throws Refusal;
  }

  private final Muc muc;
  private final Room room;

  RoomAdmin(Muc muc, Room room) {
    this.muc = muc;
    this.room = room;
  }

  Element answer(Element iq, Element query, Jid from) throws Refusal {
    Actor actor =
        new Actor(
            from, muc.isServiceAdmin(from), room.affiliations().of(from), room.occupantOf(from));
    List<Element> items = query.children("item", Ns.MUC_ADMIN).toList();
    if (items.isEmpty()) {
      throw new Refusal(StanzaError.BAD_REQUEST, "There is no item");
    }
    if (Iq.isGet(iq)) {
      return Iq.result(iq, list(items.get(0), actor));
    }
    change(items, actor);
    return Iq.result(iq);
  }

  private Element list(Element item, Actor actor) throws Refusal {
    Element.Builder query = Element.of("query", Ns.MUC_ADMIN);
    if (item.has("affiliation")) {
      Affiliation affiliation = affiliation(item);
      if (!actor.affiliation().isAtLeast(Affiliation.ADMIN)) {
        throw forbidden();
      }
      for (Jid account : room.affiliations().having(affiliation)) {
        query.add(
            Element.of("item", Ns.MUC_ADMIN)
                .set("jid", account.toString())
                .set("affiliation", affiliation.toString()));
      }
    } else {
      Role role = role(item);
      if (!actor.isModerator()) {
        throw forbidden();
      }
      for (Occupant occupant : room.occupants()) {
        if (occupant.role() == role) {
          query.add(
              Element.of("item", Ns.MUC_ADMIN)
                  .set("jid", occupant.real().toString())
                  .set("nick", occupant.nick())
                  .set("affiliation", occupant.affiliation().toString())
                  .set("role", role.toString()));
        }
      }
    }
    return query.build();
  }

  private void change(List<Element> items, Actor actor) throws Refusal {
    if (items.size() > muc.settings().affiliations()) {
      throw new Refusal(StanzaError.RESOURCE_CONSTRAINT, "Too many items");
    }
    List<Change> changes = new ArrayList<>(items.size());
    for (Element item : items) {
      changes.add(item.has("affiliation") ? grant(item, actor) : assign(item, actor));
    }
    for (Change next : changes) {
      next.apply();
    }
  }

  private Change assign(Element item, Actor actor) throws Refusal {
    Role role = role(item);
    String reason = item.childText("reason", Ns.MUC_ADMIN);
    Occupant target = target(item);
    boolean owners = target.affiliation().isAtLeast(Affiliation.ADMIN);
    if (!actor.isModerator()) {
      throw forbidden();
    }
    if (target.isService() || !actor.affiliation().isAtLeast(target.affiliation())) {
      throw notAllowed();
    }
    if (role == Role.NONE) {
      return () -> kick(target, actor, reason);
    }
    // An owner is a moderator for as long as it is an owner.
    boolean moderation = role == Role.MODERATOR || target.isModerator();
    if (owners || (moderation && !actor.affiliation().isAtLeast(Affiliation.ADMIN))) {
      throw notAllowed();
    }
    return () -> room.standing().giveRole(target, role, actor.occupant(), reason);
  }

  private void kick(Occupant target, Actor actor, String reason) {
    // The same nick twice in one request.
    if (room.occupantOf(target.real()).filter(target::equals).isPresent()) {
      room.standing().kick(target, actor.occupant(), reason);
    }
  }

  private Change grant(Element item, Actor actor) throws Refusal {
    Affiliation affiliation = affiliation(item);
    String reason = item.childText("reason", Ns.MUC_ADMIN);
    Jid account =
        item.has("jid")
            ? Jid.parse(item.attribute("jid"))
                .orElseThrow(() -> new Refusal(StanzaError.JID_MALFORMED, ""))
                .bare()
            : target(item).real().bare();
    Affiliation current = room.affiliations().of(account);
    if (!actor.affiliation().isAtLeast(Affiliation.ADMIN)) {
      throw forbidden();
    }
    boolean ownersOnly =
        affiliation.isAtLeast(Affiliation.ADMIN) || current.isAtLeast(Affiliation.ADMIN);
    if (muc.isServiceAdmin(account) || (ownersOnly && actor.affiliation() != Affiliation.OWNER)) {
      throw notAllowed();
    }
    if (isLastOwner(actor, account) && affiliation != Affiliation.OWNER) {
      throw new Refusal(StanzaError.CONFLICT, "A room needs an owner");
    }
    return () -> room.standing().affiliate(account, affiliation, actor.occupant(), reason);
  }

  private boolean isLastOwner(Actor actor, Jid account) {
    return actor.jid().bare().equals(account)
        && room.affiliations().having(Affiliation.OWNER).equals(List.of(account));
  }

  private Occupant target(Element item) throws Refusal {
    return room.occupant(item.attribute("nick"))
        .orElseThrow(() -> new Refusal(StanzaError.ITEM_NOT_FOUND, "Nobody has this nick"));
  }

  private static Role role(Element item) throws Refusal {
    return Role.parse(item.attribute("role"))
        .orElseThrow(() -> new Refusal(StanzaError.BAD_REQUEST, "There is no such role"));
  }

  private static Affiliation affiliation(Element item) throws Refusal {
    return Affiliation.parse(item.attribute("affiliation"))
        .orElseThrow(() -> new Refusal(StanzaError.BAD_REQUEST, "There is no such affiliation"));
  }

  private static Refusal forbidden() {
    return new Refusal(StanzaError.FORBIDDEN, "Only moderators may do this");
  }

  private static Refusal notAllowed() {
    return new Refusal(StanzaError.NOT_ALLOWED, "This can't be done to this person");
  }
}
