package org.meetjar.muc;

import java.util.List;
import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/** Messages to the room: chat, subject, invitations (XEP-0045 sections 7.4, 7.8 and 8.1). */
final class RoomMessages {
  private final Muc muc;
  private final Room room;
  private final History history;
  private Optional<Element> subject = Optional.empty();

  RoomMessages(Muc muc, Room room) {
    this.muc = muc;
    this.room = room;
    this.history = new History(muc.settings().historyMessages(), muc.settings().historyBytes());
  }

  void receive(Element message, Jid from) throws Refusal {
    String type = message.attribute("type");
    if (!StanzaError.answerable(message)) {
      return;
    }
    Occupant sender =
        room.occupantOf(from)
            .orElseThrow(() -> new Refusal(StanzaError.NOT_ACCEPTABLE, "You are not in this room"));
    Messages.checkSize(muc, sender, message);
    Messages.checkRate(muc, sender, sender.limits().messages());
    Optional<Element> x = message.child("x", Ns.MUC_USER);
    if (type.equals("groupchat")) {
      toAll(message, sender);
    } else if (x.isPresent() && x.get().child("invite", Ns.MUC_USER).isPresent()) {
      invite(x.get().children("invite", Ns.MUC_USER).toList(), sender);
    } else {
      throw new Refusal(StanzaError.BAD_REQUEST, "Messages to a room are of type groupchat");
    }
  }

  private void toAll(Element message, Occupant sender) throws Refusal {
    if (sender.role() == Role.VISITOR) {
      throw new Refusal(StanzaError.FORBIDDEN, "You may not write to this room");
    }
    boolean hasBody = message.child("body", Ns.CLIENT).isPresent();
    Optional<Element> retract = message.child("retract", Ns.RETRACT);
    Element shown = Messages.from(sender, message);
    if (hasBody) {
      // Beside a body it is a headline; clients take any for the room's subject.
      shown = shown.without(child -> child.is("subject", Ns.CLIENT));
    } else if (message.child("subject", Ns.CLIENT).isPresent()) {
      if (!sender.isModerator()) {
        throw new Refusal(StanzaError.FORBIDDEN, "Only moderators set the subject");
      }
      subject = Optional.of(shown);
    }
    if (retract.isPresent()) {
      retract(retract.get().attribute("id"), sender);
    } else if (hasBody && message.child("no-store", Ns.HINTS).isEmpty()) {
      history.add(shown, room.jid(), sender.real(), muc.loop().currentTimeMillis());
    }
    room.broadcast(shown);
  }

  private void retract(String id, Occupant sender) throws Refusal {
    if (history.isOnlyOfOthers(id, sender.real())) {
      throw new Refusal(StanzaError.FORBIDDEN, "Only its author can take a message back");
    }
    history.retract(id, sender.real());
  }

  /** Lets people into a members-only room, and tells them. The password is not told. */
  private void invite(List<Element> invites, Occupant sender) throws Refusal {
    if (!sender.isModerator()) {
      throw new Refusal(StanzaError.FORBIDDEN, "Only moderators invite");
    }
    for (Element invite : invites) {
      Jid invited =
          Jid.parse(invite.attribute("to"))
              .orElseThrow(() -> new Refusal(StanzaError.JID_MALFORMED, ""));
      if (room.config().membersOnly() && room.affiliations().of(invited) == Affiliation.NONE) {
        room.standing().affiliate(invited, Affiliation.MEMBER, Optional.of(sender), "");
      }
      Element from = invite.toBuilder().unset("to").set("from", sender.jid().toString()).build();
      muc.router()
          .route(
              Element.of("message", Ns.CLIENT)
                  .set("from", room.jid().toString())
                  .set("to", invited.toString())
                  .add(Element.of("x", Ns.MUC_USER).add(from))
                  .build());
    }
  }

  /** What a newcomer gets after its own presence: the last messages, and at the end the subject. */
  void sendHistory(Occupant newcomer, HistoryRequest request) {
    for (Element old : history.select(request, muc.loop().currentTimeMillis())) {
      room.send(old, newcomer);
    }
    room.send(subject.orElseGet(this::noSubject), newcomer);
  }

  private Element noSubject() {
    return Element.of("message", Ns.CLIENT)
        .set("from", room.jid().toString())
        .set("type", "groupchat")
        .add(Element.of("subject", Ns.CLIENT))
        .build();
  }

  int historySize() {
    return history.size();
  }
}
