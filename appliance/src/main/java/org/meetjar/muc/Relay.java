package org.meetjar.muc;

import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/**
 * Messages and iqs between occupants: the sender's real address is replaced by its address in the
 * room, all else goes through as it is.
 */
final class Relay {
  private final Muc muc;
  private final Room room;

  Relay(Muc muc, Room room) {
    this.muc = muc;
    this.room = room;
  }

  void receive(Element stanza, Jid from, Jid to) throws Refusal {
    boolean answer = !StanzaError.answerable(stanza);
    Optional<Occupant> sender = room.occupantOf(from);
    Optional<Occupant> receiver = room.occupant(to.resource());
    if (answer) {
      if (sender.isPresent() && receiver.isPresent()) {
        pass(stanza, sender.get(), receiver.get());
      }
      return;
    }
    if (sender.isEmpty()) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "You are not in this room");
    }
    if (receiver.isEmpty()) {
      throw new Refusal(StanzaError.ITEM_NOT_FOUND, "Nobody has this nick");
    }
    if (isSelfPing(stanza, sender.get(), receiver.get())) {
      muc.router().route(Iq.result(stanza));
      return;
    }
    Messages.checkRate(muc, sender.get(), sender.get().limits().direct());
    if (stanza.name().equals("message")) {
      if (stanza.attribute("type").equals("groupchat")) {
        throw new Refusal(StanzaError.BAD_REQUEST, "One person is not a group");
      }
      Messages.checkSize(muc, sender.get(), stanza);
    } else {
      muc.announce(
          room, (listener, it) -> listener.iqRelayed(it, sender.get(), receiver.get(), stanza));
    }
    pass(stanza, sender.get(), receiver.get());
  }

  /** XEP-0410: the room answers for an occupant who asks whether it is still in. */
  private static boolean isSelfPing(Element stanza, Occupant sender, Occupant receiver) {
    return sender == receiver && Iq.isRequest(stanza) && stanza.child("ping", Ns.PING).isPresent();
  }

  private void pass(Element stanza, Occupant sender, Occupant receiver) {
    Element cleaned = stanza.name().equals("message") ? Messages.from(sender, stanza) : stanza;
    muc.router()
        .route(
            cleaned.toBuilder()
                .set("from", sender.jid().toString())
                .set("to", receiver.real().toString())
                .build());
  }
}
