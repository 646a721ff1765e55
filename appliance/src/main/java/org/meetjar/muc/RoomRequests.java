package org.meetjar.muc;

import org.meetjar.xml.Element;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/** Requests to the room itself. */
final class RoomRequests {
  private final Room room;
  private final RoomAdmin admin;
  private final RoomOwner owner;

  RoomRequests(Muc muc, Room room) {
    this.room = room;
    this.admin = new RoomAdmin(muc, room);
    this.owner = new RoomOwner(room);
  }

  Element answer(Element iq, Jid from) throws Refusal {
    Element payload =
        iq.firstChild().orElseThrow(() -> new Refusal(StanzaError.BAD_REQUEST, "It is empty"));
    boolean insider =
        room.occupantOf(from).isPresent() || room.affiliations().of(from) == Affiliation.OWNER;
    if (payload.is("query", Ns.MUC_ADMIN)) {
      return admin.answer(iq, payload, from);
    } else if (payload.is("query", Ns.MUC_OWNER)) {
      return owner.answer(iq, payload, from);
    } else if (Iq.isGet(iq) && payload.is("query", Ns.DISCO_INFO)) {
      return Iq.result(iq, RoomInfo.info(room, payload.attribute("node"), insider));
    } else if (Iq.isGet(iq) && payload.is("query", Ns.DISCO_ITEMS)) {
      return Iq.result(iq, RoomInfo.items(room, insider));
    } else if (Iq.isGet(iq) && payload.is("ping", Ns.PING) && insider) {
      return Iq.result(iq);
    } else if (!insider) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "You are not in this room");
    }
    throw new Refusal(StanzaError.SERVICE_UNAVAILABLE, "");
  }
}
