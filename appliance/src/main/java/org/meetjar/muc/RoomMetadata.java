package org.meetjar.muc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;
import org.meetjar.xmpp.StanzaError;

/**
 * What moderators set for a whole room, key by key: everybody gets all of it before its own first
 * presence, and again with each change. At {@code metadata.D}; the hub lists the address under
 * {@link #TYPE}.
 */
public final class RoomMetadata implements Component, RoomListener {
  /** The type of the identity in the hub's service discovery, by which clients find it. */
  public static final String TYPE = "room_metadata";

  private static final String START_MUTED = "startMuted";

  private final Muc muc;
  private final Router router;
  private final Jid address;
  private final Map<Room, ObjectNode> metadata = new HashMap<>();

  /** Registers with the router, as {@code metadata.D}, and with the rooms. */
  public RoomMetadata(Router router, Muc muc, String domain) {
    this.muc = muc;
    this.router = router;
    this.address = Jid.of("metadata." + domain);
    router.register(address, this);
    muc.addListener(this);
  }

  public Jid address() {
    return address;
  }

  @Override
  public void receive(Element stanza) {
    if (Iq.isRequest(stanza)) {
      router.route(ServiceIq.answer(stanza, TYPE));
    } else if (stanza.name().equals("message") && StanzaError.answerable(stanza)) {
      stanza
          .child("room_metadata", Ns.JITMEET)
          .ifPresent(command -> muc.execute(() -> handle(stanza, command)));
    }
  }

  private void handle(Element message, Element command) {
    try {
      set(message, command);
    } catch (Refusal refusal) {
      router.route(refusal.reply(message));
    }
  }

  private void set(Element message, Element command) throws Refusal {
    Jid sender = Jid.of(message.attribute("from"));
    Optional<Room> named = Jid.parse(command.attribute("room")).flatMap(muc::room);
    Room room =
        named
            .or(() -> muc.roomOf(sender))
            .orElseThrow(() -> new Refusal(StanzaError.ITEM_NOT_FOUND, "There is no such room"));
    Occupant occupant =
        room.occupantOf(sender)
            .filter(Occupant::isModerator)
            .orElseThrow(() -> new Refusal(StanzaError.FORBIDDEN, "Only moderators may do this"));
    Messages.checkSize(muc, occupant, message);
    Messages.checkRate(muc, occupant, occupant.limits().messages());
    MetadataChange change = MetadataChange.parse(command.text());
    ObjectNode all = of(room).deepCopy();
    all.set(change.key(), change.data());
    if (all.size() > MetadataChange.MAX_KEYS
        || all.toString().length() > muc.settings().messageBytes()) {
      throw new Refusal(StanzaError.RESOURCE_CONSTRAINT, "There is too much metadata");
    }
    update(room, all);
  }

  private void update(Room room, ObjectNode all) {
    if (!all.equals(metadata.put(room, all))) {
      room.broadcast(message(room));
    }
  }

  private ObjectNode of(Room room) {
    return metadata.computeIfAbsent(room, unused -> JsonNodeFactory.instance.objectNode());
  }

  private Element message(Room room) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", TYPE);
    json.set("metadata", of(room));
    return Element.of("message", Ns.CLIENT)
        .set("from", address.toString())
        .add(
            Element.of("json-message", Ns.JITMEET)
                .set("room", room.jid().toString())
                .text(json.toString()))
        .build();
  }

  @Override
  public void occupantEntering(Room room, Occupant occupant) {
    room.send(message(room), occupant);
  }

  /** Older clients put the policy for newcomers into a moderator's presence. */
  @Override
  public void presenceChanged(Room room, Occupant occupant) {
    if (!occupant.isModerator()) {
      return;
    }
    for (Element extension : occupant.extensions()) {
      if (extension.is("startmuted", Ns.START_MUTED)) {
        ObjectNode all = of(room).deepCopy();
        JsonNode policy =
            JsonNodeFactory.instance
                .objectNode()
                .put("audio", extension.attribute("audio").equals("true"))
                .put("video", extension.attribute("video").equals("true"));
        all.set(START_MUTED, policy);
        update(room, all);
      }
    }
  }

  @Override
  public void roomDestroyed(Room room) {
    metadata.remove(room);
  }
}
