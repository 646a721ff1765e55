package org.meetjar.muc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room: who is in it, with what standing, and how it is set up. Owned by the signalling loop.
 * What the kinds of stanza do stands in {@link Joining}, {@link Standing}, {@link RoomMessages},
 * {@link RoomRequests} and {@link Relay}.
 */
public final class Room {
  private static final Logger log = LoggerFactory.getLogger(Room.class);

  private final Muc muc;
  private final Jid jid;
  private final String meetingId = UUID.randomUUID().toString();
  private final Map<String, Occupant> byNick = new LinkedHashMap<>();
  private final Map<Jid, Occupant> byReal = new HashMap<>();
  private final Affiliations affiliations;

  private final Joining joining;
  private final Standing standing;
  private final RoomMessages messages;
  private final RoomRequests requests;
  private final Relay relay;

  private RoomConfig config = RoomConfig.INITIAL;
  private long createdMillis;
  private boolean destroyed;

  Room(Muc muc, Jid jid) {
    this.muc = muc;
    this.jid = jid;
    this.affiliations = new Affiliations(muc::isServiceAdmin, muc.settings().affiliations());
    this.joining = new Joining(muc, this);
    this.standing = new Standing(this);
    this.messages = new RoomMessages(muc, this);
    this.requests = new RoomRequests(muc, this);
    this.relay = new Relay(muc, this);
  }

  /** The room's bare JID. */
  public Jid jid() {
    return jid;
  }

  /** Tells this meeting from earlier and later ones of the same name. */
  public String meetingId() {
    return meetingId;
  }

  /** Those who are in, in the order in which they came. */
  public Collection<Occupant> occupants() {
    return Collections.unmodifiableCollection(byNick.values());
  }

  public Optional<Occupant> occupant(String nick) {
    return Optional.ofNullable(byNick.get(nick));
  }

  /** The occupant that this session is, if it is in. */
  public Optional<Occupant> occupantOf(Jid session) {
    return Optional.ofNullable(byReal.get(session));
  }

  /** When the meeting began, milliseconds since 1970; 0 before somebody came to the focus. */
  public long createdMillis() {
    return createdMillis;
  }

  /**
   * Sends everybody out and closes the room. Through {@link Muc#execute}.
   *
   * @param alternate the room to go to, if any
   */
  public void destroy(String reason, Optional<Jid> alternate) {
    if (destroyed) {
      return;
    }
    Element.Builder destroy = Element.of("destroy", Ns.MUC_USER);
    alternate.ifPresent(room -> destroy.set("jid", room.toString()));
    if (!reason.isEmpty()) {
      destroy.textChild("reason", reason);
    }
    List<Occupant> gone = List.copyOf(byNick.values());
    gone.forEach(this::forget);
    gone.forEach(this::logLeave);
    for (Occupant occupant : gone) {
      Element item = Presences.item(occupant, Affiliation.NONE, Role.NONE).build();
      Element user = Presences.user(item, Status.SELF).toBuilder().add(destroy.build()).build();
      send(Presences.unavailable(occupant, List.of(), user), occupant);
    }
    gone.forEach(
        occupant -> muc.announce(this, (listener, room) -> listener.occupantLeft(room, occupant)));
    close();
  }

  /** Delivers a stanza without {@code to} to one occupant. */
  public void send(Element stanza, Occupant receiver) {
    muc.router().broadcast(stanza, List.of(receiver.real()));
  }

  /** Delivers a stanza without {@code to} to everybody. */
  public void broadcast(Element stanza) {
    muc.router().broadcast(stanza, byReal.keySet().stream().toList());
  }

  void receive(Element stanza, Jid from, Jid to) throws Refusal {
    switch (stanza.name()) {
      case "presence" -> joining.receive(stanza, from, to);
      case "message" -> {
        if (to.isBare()) {
          messages.receive(stanza, from);
        } else {
          relay.receive(stanza, from, to);
        }
      }
      case "iq" -> {
        if (!to.isBare()) {
          relay.receive(stanza, from, to);
        } else if (Iq.isRequest(stanza)) {
          muc.router().route(requests.answer(stanza, from));
        }
      }
      default -> {}
    }
  }

  /** Puts the occupant on the list; telling people is the caller's. */
  void enter(Occupant occupant) {
    byNick.put(occupant.nick(), occupant);
    byReal.put(occupant.real(), occupant);
    muc.entered(this, occupant);
    if (createdMillis == 0 && byNick.size() > 1) {
      createdMillis = muc.loop().currentTimeMillis();
    }
    if (!occupant.isService()) {
      log.info("join room={} endpoint={} people={}", jid, occupant.nick(), participants());
    }
  }

  /**
   * Takes the occupant out, tells everybody, itself included, and closes the room when nobody is
   * left.
   *
   * @param said what the leaving client said in its last presence
   * @param item who left, and why
   * @param statuses what else there is to say, to all
   */
  void leave(Occupant occupant, List<Element> said, Element item, int... statuses) {
    depart(occupant, said, item, statuses);
    closeIfUnused();
  }

  /** Like {@link #leave}, when somebody else takes the place and the room stays. */
  void depart(Occupant occupant, List<Element> said, Element item, int... statuses) {
    forget(occupant);
    logLeave(occupant);
    Element toAll = Presences.unavailable(occupant, said, Presences.user(item, statuses));
    Element toItself =
        Presences.unavailable(
            occupant, said, Presences.user(item, Status.with(Status.SELF, statuses)));
    broadcast(toAll);
    send(toItself, occupant);
    muc.announce(this, (listener, room) -> listener.occupantLeft(room, occupant));
  }

  void closeIfUnused() {
    if (byNick.isEmpty() && !destroyed) {
      close();
    }
  }

  private void logLeave(Occupant occupant) {
    if (!occupant.isService()) {
      log.info("leave room={} endpoint={} people={}", jid, occupant.nick(), participants());
    }
  }

  private void forget(Occupant occupant) {
    byNick.remove(occupant.nick());
    byReal.remove(occupant.real());
    muc.left(this, occupant);
    occupant.clearPending();
  }

  private void close() {
    destroyed = true;
    muc.remove(this);
    joining.refuseWaiting();
  }

  /**
   * Tells everybody how the occupant is now.
   *
   * @param item with actor and reason where there are any
   */
  void publish(Occupant occupant, Element item) {
    Element plain = occupant.presence();
    Element toOthers = item.content().isEmpty() ? plain : Presences.available(occupant, item);
    muc.router().broadcast(toOthers, others(occupant));
    send(Presences.available(occupant, item, Status.SELF), occupant);
  }

  void publish(Occupant occupant) {
    publish(occupant, Presences.item(occupant).build());
  }

  List<Jid> others(Occupant occupant) {
    List<Jid> others = new ArrayList<>(byReal.size());
    for (Jid real : byReal.keySet()) {
      if (!real.equals(occupant.real())) {
        others.add(real);
      }
    }
    return others;
  }

  /** Tells everybody that the room's setup changed; clients ask for it anew. */
  void publishConfiguration() {
    broadcast(
        Element.of("message", Ns.CLIENT)
            .set("from", jid.toString())
            .set("type", "groupchat")
            .add(Element.of("x", Ns.MUC_USER).add(Presences.status(Status.CONFIGURATION_CHANGED)))
            .build());
  }

  /** Takes over a new setup; those who may not be in any more are sent out. */
  void configure(RoomConfig changed) {
    if (changed.equals(config)) {
      return;
    }
    boolean closing = changed.membersOnly() && !config.membersOnly();
    config = changed;
    publishConfiguration();
    if (closing) {
      standing.sendOutNonMembers();
    }
  }

  boolean isPresent(Jid bare) {
    return byNick.values().stream().anyMatch(occupant -> occupant.real().bare().equals(bare));
  }

  boolean hasFocus() {
    Occupant focus = byNick.get(Nick.FOCUS);
    return focus != null && focus.isService();
  }

  long participants() {
    return byNick.values().stream().filter(occupant -> !occupant.isService()).count();
  }

  RoomConfig config() {
    return config;
  }

  Affiliations affiliations() {
    return affiliations;
  }

  Standing standing() {
    return standing;
  }

  RoomMessages messages() {
    return messages;
  }

  /** The room's state for those who run the machine; names nobody's real address. */
  public Map<String, Object> describe() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("room", jid.toString());
    description.put("meetingId", meetingId);
    description.put("createdMillis", createdMillis);
    description.put("passwordProtected", config.isPasswordProtected());
    description.put("membersOnly", config.membersOnly());
    description.put("waitingJoins", joining.waiting());
    description.put("history", messages.historySize());
    List<Map<String, Object>> people = new ArrayList<>();
    for (Occupant occupant : byNick.values()) {
      people.add(
          Map.of(
              "nick", occupant.nick(),
              "affiliation", occupant.affiliation().toString(),
              "role", occupant.role().toString()));
    }
    description.put("occupants", people);
    return description;
  }
}
