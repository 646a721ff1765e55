package org.meetjar.muc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.meetjar.config.MucSettings;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;
import org.meetjar.xmpp.StanzaError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room service: answers for {@code conference.D} and for {@code conference.<tenant>.D} of every
 * tenant, a room being known by the domain under which it was created and no other. Owned by the
 * signalling loop.
 */
public final class Muc implements Component {
  /** The domain label of rooms. */
  public static final String LABEL = "conference.";

  private static final Logger log = LoggerFactory.getLogger(Muc.class);

  private final Loop loop;
  private final Router router;
  private final String domain;
  private final Set<Jid> serviceAdmins;
  private final MucSettings settings;
  private final ServiceDisco disco = new ServiceDisco();

  private final Map<Jid, Room> rooms = new LinkedHashMap<>();

  /** The rooms of each session, the one entered last at the end. */
  private final Map<Jid, List<Room>> roomsOfSession = new HashMap<>();

  /** People in all rooms. */
  private int participants;

  private final LongAdder turnedAway = new LongAdder();

  private final List<RoomListener> listeners = new ArrayList<>();

  private final Queue<Runnable> work = new ArrayDeque<>();
  private boolean working;

  /**
   * Registers with the router.
   *
   * @param domain the XMPP domain D
   * @param serviceAdmins bare JIDs that create rooms, own all of them and pass every check: the
   *     focus
   */
  public Muc(
      Loop loop, Router router, String domain, Set<Jid> serviceAdmins, MucSettings settings) {
    this.loop = loop;
    this.router = router;
    this.domain = domain;
    this.serviceAdmins = Set.copyOf(serviceAdmins);
    this.settings = settings;
    router.registerDomains(this::isRoomDomain, this);
  }

  public void addListener(RoomListener listener) {
    listeners.add(listener);
  }

  /** The room of that bare JID, if it exists. */
  public Optional<Room> room(Jid room) {
    return Optional.ofNullable(rooms.get(room.bare()));
  }

  public Collection<Room> rooms() {
    return Collections.unmodifiableCollection(rooms.values());
  }

  /** The room that the session entered last and is still in. */
  public Optional<Room> roomOf(Jid session) {
    List<Room> entered = roomsOfSession.getOrDefault(session, List.of());
    return entered.isEmpty() ? Optional.empty() : Optional.of(entered.get(entered.size() - 1));
  }

  /** Handles a stanza for the service, for a room or for an occupant. */
  @Override
  public void receive(Element stanza) {
    execute(() -> handle(stanza));
  }

  /**
   * Runs the task now, or after what is being handled at the moment: components answer at once, in
   * the middle of a broadcast, and whoever changes a room must not do so there.
   */
  public void execute(Runnable task) {
    work.add(task);
    if (working) {
      return;
    }
    working = true;
    try {
      for (Runnable next = work.poll(); next != null; next = work.poll()) {
        runGuarded(next);
      }
    } finally {
      working = false;
    }
  }

  private static void runGuarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a stanza for a room could not be handled", e);
    }
  }

  private void handle(Element stanza) {
    Optional<Jid> from = Jid.parse(stanza.attribute("from"));
    Optional<Jid> to = Jid.parse(stanza.attribute("to"));
    if (from.isEmpty() || to.isEmpty()) {
      return;
    }
    try {
      if (to.get().node().isEmpty()) {
        disco.receive(stanza, router);
      } else {
        Optional<Room> room = roomFor(stanza, from.get(), to.get());
        if (room.isPresent()) {
          room.get().receive(stanza, from.get(), to.get());
        }
      }
    } catch (Refusal refusal) {
      refuse(stanza, refusal);
    }
  }

  /** The room the stanza is for; created when a service administrator joins it. */
  private Optional<Room> roomFor(Element stanza, Jid from, Jid to) throws Refusal {
    Room room = rooms.get(to.bare());
    if (room != null) {
      return Optional.of(room);
    }
    if (!stanza.name().equals("presence")) {
      throw new Refusal(StanzaError.ITEM_NOT_FOUND, "There is no such room");
    }
    if (stanza.has("type")) {
      return Optional.empty();
    }
    if (!isServiceAdmin(from)) {
      throw creationRestricted();
    }
    if (rooms.size() >= settings.rooms()) {
      throw new Refusal(StanzaError.RESOURCE_CONSTRAINT, "There are too many rooms");
    }
    Room created = new Room(this, to.bare());
    rooms.put(created.jid(), created);
    log.debug("room {} created", created.jid());
    announce(created, (listener, it) -> listener.roomCreated(it));
    return Optional.of(created);
  }

  /** Clients know this text: they ask the focus again, and come back. */
  static Refusal creationRestricted() {
    return new Refusal(StanzaError.NOT_ALLOWED, "Room creation is restricted");
  }

  void refuse(Element stanza, Refusal refusal) {
    if (StanzaError.answerable(stanza)) {
      router.route(refusal.reply(stanza));
    }
  }

  boolean isServiceAdmin(Jid jid) {
    return serviceAdmins.contains(jid.bare());
  }

  private boolean isRoomDomain(String candidate) {
    if (!candidate.startsWith(LABEL) || !candidate.endsWith("." + domain)) {
      return candidate.equals(LABEL + domain);
    }
    // conference.D itself, or exactly one label, the tenant, in between.
    int between = candidate.length() - domain.length() - 1;
    return between < LABEL.length()
        || (between > LABEL.length()
            && candidate.substring(LABEL.length(), between).indexOf('.') < 0);
  }

  void entered(Room room, Occupant occupant) {
    participants += occupant.isService() ? 0 : 1;
    roomsOfSession.computeIfAbsent(occupant.real(), unused -> new ArrayList<>(1)).add(room);
  }

  void left(Room room, Occupant occupant) {
    participants -= occupant.isService() ? 0 : 1;
    Jid session = occupant.real();
    List<Room> remaining = roomsOfSession.get(session);
    if (remaining != null) {
      remaining.remove(room);
      if (remaining.isEmpty()) {
        roomsOfSession.remove(session);
      }
    }
  }

  /** Whether there are as many people in all rooms as there may be. */
  boolean isFull() {
    return participants >= settings.participants();
  }

  /** Somebody found the server full. */
  void turnedAway(Room room) {
    turnedAway.increment();
    log.info("failure room={} reason=server-full", room.jid());
  }

  /** How many found the server full since it started. From any thread. */
  public long turnedAway() {
    return turnedAway.sum();
  }

  void remove(Room room) {
    if (rooms.remove(room.jid(), room)) {
      log.debug("room {} closed", room.jid());
      announce(room, (listener, it) -> listener.roomDestroyed(it));
    }
  }

  void announce(Room room, BiConsumer<RoomListener, Room> event) {
    for (RoomListener listener : listeners) {
      event.accept(listener, room);
    }
  }

  Loop loop() {
    return loop;
  }

  Router router() {
    return router;
  }

  MucSettings settings() {
    return settings;
  }
}
