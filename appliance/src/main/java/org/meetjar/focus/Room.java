package org.meetjar.focus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/**
 * The focus as an occupant of one room (XEP-0045): joins, knows the others, publishes its presence,
 * grants roles. Tells its listener only of what happens after it has joined.
 */
final class Room {
  private final Jid jid;
  private final FocusContext context;
  private final Listener listener;
  private final Map<String, Occupant> occupants = new LinkedHashMap<>();
  private final FocusPresence presence;
  private State state = State.NEW;
  private Loop.Timer joinTimer = () -> {};

  Room(Jid jid, FocusContext context, Listener listener) {
    this.jid = jid;
    this.context = context;
    this.listener = listener;
    this.presence = new FocusPresence(context, ownAddress());
  }

  /** What happens in a room. */
  interface Listener {
    void roomJoined();

    /**
     * The room was not joined, or the focus is not in it any more.
     *
     * @param condition why: a stanza error's condition, or {@code gone}
     */
    void roomLost(String condition);

    void occupantJoined(Occupant occupant);

    void occupantChanged(Occupant occupant);

    /**
     * @param movesOn whether it said that it goes to another room of the same meeting
     */
    void occupantLeft(Occupant occupant, boolean movesOn);
  }

  private enum State {
    NEW,
    JOINING,
    JOINED,
    LEFT
  }

  Jid jid() {
    return jid;
  }

  Jid ownAddress() {
    return jid.withResource(FocusAddresses.NICK);
  }

  boolean isJoined() {
    return state == State.JOINED;
  }

  /** In the order of their arrival. */
  Collection<Occupant> occupants() {
    return Collections.unmodifiableCollection(occupants.values());
  }

  Optional<Occupant> occupant(String nick) {
    return Optional.ofNullable(occupants.get(nick));
  }

  void join() {
    state = State.JOINING;
    joinTimer =
        context
            .loop()
            .schedule(context.settings().iqTimeout(), () -> lose(Iqs.Outcome.TIMEOUT, true));
    context.router().route(presence.join());
  }

  void leave() {
    if (state == State.JOINING || state == State.JOINED) {
      state = State.LEFT;
      joinTimer.cancel();
      context.router().route(presence.leave());
    }
  }

  /** Sets a property of the conference and publishes it, when it is news. */
  void setProperty(String key, String value) {
    if (presence.setProperty(key, value)) {
      publish();
    }
  }

  /** Tells everybody that there is no bridge, or that there is one again. */
  void setBridgeAvailable(boolean available) {
    if (presence.setBridgeAvailable(available)) {
      publish();
    }
  }

  void grantOwner(Occupant occupant) {
    context
        .iqs()
        .request(
            Stanzas.iq("set", context.addresses().user(), jid)
                .add(
                    Element.of("query", Namespaces.MUC_ADMIN)
                        .add(
                            Element.of("item", Namespaces.MUC_ADMIN)
                                .set("affiliation", "owner")
                                .set("jid", occupant.jid().bare().toString()))),
            outcome -> {});
  }

  void receivePresence(Element presence) {
    Optional<Jid> from = Jid.parse(presence.attribute("from"));
    if (state == State.LEFT || state == State.NEW || from.isEmpty()) {
      return;
    }
    String nick = from.get().resource();
    String type = presence.attribute("type");
    if (type.equals("error")) {
      if (state == State.JOINING) {
        lose(Stanzas.condition(presence), false);
      }
    } else if (nick.equals(FocusAddresses.NICK)) {
      receiveOwnPresence(presence, type);
    } else if (type.equals("unavailable")) {
      remove(nick, presence);
    } else if (type.isEmpty() && !nick.isEmpty()) {
      put(from.get(), presence);
    }
  }

  private void receiveOwnPresence(Element presence, String type) {
    if (type.equals("unavailable")) {
      lose("gone", false);
    } else if (type.isEmpty() && state == State.JOINING) {
      if (hasStatus(presence, "201")) {
        unlock();
      } else {
        joined();
      }
    }
  }

  /** A room that is new is locked until its owner has configured it, XEP-0045 section 10.1. */
  private void unlock() {
    Element form =
        Element.of("x", Namespaces.DATA_FORMS)
            .set("type", "submit")
            .add(field("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig"))
            .add(field("muc#roomconfig_whois", "anyone"))
            .build();
    context
        .iqs()
        .request(
            Stanzas.iq("set", context.addresses().user(), jid)
                .add(Element.of("query", Namespaces.MUC_OWNER).add(form)),
            outcome -> {
              if (state == State.JOINING) {
                joined();
              }
            });
  }

  private static Element.Builder field(String name, String value) {
    return Element.of("field", Namespaces.DATA_FORMS).set("var", name).textChild("value", value);
  }

  private void joined() {
    joinTimer.cancel();
    state = State.JOINED;
    listener.roomJoined();
    // Those who were there before us.
    for (Occupant occupant : new ArrayList<>(occupants.values())) {
      listener.occupantJoined(occupant);
    }
  }

  private void lose(String condition, boolean sayGoodbye) {
    if (state == State.LEFT) {
      return;
    }
    if (sayGoodbye) {
      leave();
    }
    joinTimer.cancel();
    state = State.LEFT;
    listener.roomLost(condition);
  }

  private void put(Jid address, Element presence) {
    Element item =
        presence
            .child("x", Namespaces.MUC_USER)
            .flatMap(x -> x.child("item", Namespaces.MUC_USER))
            .orElse(null);
    Optional<Jid> jid = item == null ? Optional.empty() : Jid.parse(item.attribute("jid"));
    if (jid.isEmpty()) {
      return;
    }
    Occupant occupant =
        new Occupant(
            address, jid.get(), item.attribute("affiliation"), item.attribute("role"), presence);
    Occupant before = occupants.get(address.resource());
    if (before != null && !before.jid().equals(occupant.jid())) {
      // The room gave the nick to somebody else, and the goodbye was lost.
      remove(address.resource(), presence);
      before = null;
    }
    occupants.put(address.resource(), occupant);
    if (state == State.JOINED) {
      if (before == null) {
        listener.occupantJoined(occupant);
      } else {
        listener.occupantChanged(occupant);
      }
    }
  }

  private void remove(String nick, Element presence) {
    Occupant gone = occupants.remove(nick);
    if (gone != null && state == State.JOINED) {
      boolean movesOn = presence.childText("status", Namespaces.CLIENT).equals("switch_room");
      listener.occupantLeft(gone, movesOn);
    }
  }

  private void publish() {
    if (state == State.JOINED) {
      context.router().route(presence.update());
    }
  }

  private static boolean hasStatus(Element presence, String code) {
    return presence
        .child("x", Namespaces.MUC_USER)
        .map(
            x ->
                x.children("status", Namespaces.MUC_USER)
                    .anyMatch(status -> status.attribute("code").equals(code)))
        .orElse(false);
  }

  List<Map<String, Object>> debugState() {
    return occupants.values().stream()
        .map(
            occupant ->
                Map.<String, Object>of(
                    "nick", occupant.nick(),
                    "role", occupant.role(),
                    "affiliation", occupant.affiliation()))
        .toList();
  }
}
