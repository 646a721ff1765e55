package org.meetjar.focus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.meetjar.colibri.ColibriError;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One meeting: the room, its participants with their sessions, the sources, and the conference on
 * the bridge. Lives from the first request for the room until nobody is left in it.
 */
final class Conference implements Room.Listener, BridgeConference.Listener {
  /** The owner of the bridge's own sources. */
  static final String BRIDGE = "jvb";

  private static final Logger log = LoggerFactory.getLogger(Conference.class);

  private static final Pattern NICK = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_]*");

  /** From so many on, there is something to forward. */
  private static final int MIN_OCCUPANTS = 2;

  /** Requests that may wait for the room to be joined; later ones are told to come again. */
  private static final int MAX_WAITING = 256;

  /** How long a failing bridge is left alone. */
  private static final Duration BRIDGE_PAUSE = Duration.ofSeconds(10);

  private final FocusContext context;
  private final Room room;
  private final BridgeConference bridge;
  private final ConferenceSources sources;
  private final OwnerElection owners;
  private final JingleRequests jingle = new JingleRequests(this);
  private final MuteRequests mutes;
  private final StartMuted startMuted;
  private final Consumer<Conference> ended;
  private final RateLimit bridgeLosses;
  private final Map<String, Participant> participants = new LinkedHashMap<>();
  private final List<Consumer<String>> waiting = new ArrayList<>();
  private final long createdMillis;
  private Loop.Timer idleTimer = () -> {};
  private Loop.Timer aloneTimer;
  private boolean over;

  /**
   * @param properties of the first request
   * @param ended is told when the conference is over
   */
  Conference(
      Jid roomJid,
      Map<String, String> properties,
      FocusContext context,
      Consumer<Conference> ended) {
    this.context = context;
    this.ended = ended;
    this.room = new Room(roomJid, context, this);
    this.bridge = new BridgeConference(context, roomJid.toString(), this);
    this.sources =
        new ConferenceSources(context.settings().maxSsrcs(), context.settings().maxSsrcGroups());
    this.owners = new OwnerElection(context, room);
    this.mutes = new MuteRequests(context, room);
    this.startMuted = new StartMuted(context.settings(), properties);
    this.bridgeLosses = new RateLimit(context.loop(), Duration.ZERO, 3, Duration.ofMinutes(1));
    this.createdMillis = context.loop().currentTimeMillis();
  }

  void start() {
    room.setProperty("support-session-restart", "true");
    room.setProperty("created-ms", Long.toString(createdMillis));
    room.setProperty("bridge-count", "0");
    room.join();
  }

  /**
   * Answers with an empty string once the room is joined, or with the condition why not.
   *
   * @return false when too many wait already
   */
  boolean whenJoined(Consumer<String> answer) {
    if (room.isJoined()) {
      // Who asks is about to come in.
      rest(context.settings().startTimeout());
      answer.accept("");
      return true;
    }
    return waiting.size() < MAX_WAITING && waiting.add(answer);
  }

  Room room() {
    return room;
  }

  BridgeConference bridge() {
    return bridge;
  }

  ConferenceSources sources() {
    return sources;
  }

  int participantCount() {
    return participants.size();
  }

  /** Somebody who may be an occupant has signed in. */
  void signedIn() {
    owners.signedIn();
  }

  // The room.

  @Override
  public void roomJoined() {
    log.debug("conference {} begins", room.jid());
    rest(context.settings().startTimeout());
    List<Consumer<String>> answers = List.copyOf(waiting);
    waiting.clear();
    answers.forEach(answer -> answer.accept(""));
  }

  @Override
  public void roomLost(String condition) {
    log.warn("Conference {} has lost its room: {}", room.jid(), condition);
    List<Consumer<String>> answers = List.copyOf(waiting);
    waiting.clear();
    end();
    answers.forEach(answer -> answer.accept(condition));
  }

  @Override
  public void occupantJoined(Occupant occupant) {
    if (!NICK.matcher(occupant.nick()).matches() || occupant.nick().equals(BRIDGE)) {
      // Nicks are endpoint ids and begin the names of sources.
      log.warn("{} cannot take part under that name", occupant.address());
      return;
    }
    idleTimer.cancel();
    owners.occupantJoined(occupant);
    startMuted.occupantChanged(occupant);
    Participant participant = new Participant(this, context, occupant);
    participants.put(occupant.nick(), participant);
    participant.startMuted(
        startMuted.audio(participants.size()), startMuted.video(participants.size()));
    log.debug("{} joins, {} present", occupant.address(), participants.size());
    if (participants.size() == MIN_OCCUPANTS) {
      begin();
    }
    participant.discover();
  }

  /** There is somebody to talk to. */
  private void begin() {
    if (aloneTimer != null) {
      aloneTimer.cancel();
      aloneTimer = null;
    }
    for (Participant participant : List.copyOf(participants.values())) {
      participant.forgive();
      participant.invite();
    }
  }

  @Override
  public void occupantChanged(Occupant occupant) {
    startMuted.occupantChanged(occupant);
    Participant participant = participants.get(occupant.nick());
    if (participant != null) {
      participant.update(occupant);
    }
  }

  @Override
  public void occupantLeft(Occupant occupant, boolean movesOn) {
    Participant participant = participants.remove(occupant.nick());
    if (participant == null) {
      return;
    }
    participant.leave();
    log.debug("{} leaves, {} present", occupant.address(), participants.size());
    owners.occupantLeft(occupant);
    if (participants.size() == 1) {
      aloneTimer = context.loop().schedule(context.settings().aloneTimeout(), this::alone);
    } else if (participants.isEmpty()) {
      if (aloneTimer != null) {
        aloneTimer.cancel();
        aloneTimer = null;
      }
      rest(movesOn ? context.settings().startTimeout() : context.settings().emptyGrace());
    }
  }

  private void alone() {
    aloneTimer = null;
    for (Participant participant : List.copyOf(participants.values())) {
      participant.endSession(Ending.expired("alone in the conference"));
    }
  }

  /** Ends the conference after that time, unless somebody comes. */
  private void rest(Duration time) {
    if (participants.isEmpty() && !over) {
      idleTimer.cancel();
      idleTimer = context.loop().schedule(time, this::end);
    }
  }

  /** Ends everything and leaves the room. */
  void end() {
    if (over) {
      return;
    }
    over = true;
    idleTimer.cancel();
    if (aloneTimer != null) {
      aloneTimer.cancel();
    }
    List.copyOf(participants.values()).forEach(Participant::leave);
    participants.clear();
    bridge.expire();
    room.leave();
    log.debug("conference {} ends", room.jid());
    ended.accept(this);
  }

  // Sessions.

  /** The participant could be invited now. */
  void ready(Participant participant) {
    if (participants.size() >= MIN_OCCUPANTS && participants.get(participant.id()) == participant) {
      participant.invite();
    }
  }

  /** A participant's sources are not what they were. */
  void sourcesChanged(String owner) {
    for (Participant participant : List.copyOf(participants.values())) {
      if (!participant.id().equals(owner)) {
        participant.sourcesChanged(owner);
      }
    }
  }

  void forgetSources(String owner) {
    if (!sources.of(owner).isEmpty()) {
      sources.clear(owner);
      sourcesChanged(owner);
    }
    if (!bridge.exists()) {
      room.setProperty("bridge-count", "0");
    }
  }

  /** The bridge has given an endpoint. */
  void bridgeWorks() {
    sources.reserve(BRIDGE, bridge.bridgeSources());
    room.setProperty("bridge-count", "1");
    room.setBridgeAvailable(true);
  }

  /** The bridge has refused an endpoint. When nobody has one, there is no bridge for us. */
  void bridgeRefused(ColibriError error) {
    if (error.reason() != ColibriError.Reason.BAD_REQUEST
        && participants.values().stream().noneMatch(Participant::hasSession)) {
      room.setBridgeAvailable(false);
    }
  }

  @Override
  public void endpointLost(String id) {
    Participant participant = participants.get(id);
    if (participant != null) {
      log.warn("The bridge has lost {}", participant.occupant().address());
      if (participant.mayRestart()) {
        participant.restart(Ending.MOVING);
      } else {
        participant.endSession(Ending.failed("the media server has lost the session"));
      }
    }
  }

  @Override
  public void conferenceLost() {
    List<Participant> everybody = List.copyOf(participants.values());
    everybody.forEach(participant -> participant.endSession(Ending.MOVING));
    if (bridgeLosses.accept()) {
      everybody.forEach(this::ready);
    } else {
      room.setBridgeAvailable(false);
      context
          .loop()
          .schedule(BRIDGE_PAUSE, () -> List.copyOf(participants.values()).forEach(this::ready));
    }
  }

  // Requests of occupants.

  /** Answers an IQ request that has come through the room. */
  void receiveRequest(Element iq, Jid from) {
    Optional<Occupant> occupant = room.occupant(from.resource());
    Optional<Element> payload = iq.firstChild();
    if (occupant.isEmpty() || payload.isEmpty()) {
      reply(iq, Optional.of(Refusal.badRequest("not an occupant, or nothing asked")));
      return;
    }
    Runnable accepted = () -> context.router().route(Stanzas.result(iq).build());
    Element asked = payload.get();
    if (asked.is("jingle", Namespaces.JINGLE)) {
      Participant participant = participants.get(from.resource());
      reply(
          iq,
          participant == null
              ? Optional.of(Refusal.unknownSession())
              : jingle.handle(participant, asked, accepted));
    } else if (MuteRequests.isMute(asked)) {
      reply(iq, mutes.handle(occupant.get(), asked, accepted));
    } else {
      reply(iq, Optional.of(Refusal.serviceUnavailable("")));
    }
  }

  private void reply(Element iq, Optional<Refusal> refusal) {
    refusal.ifPresent(reason -> context.router().route(Stanzas.error(iq, reason)));
  }

  Map<String, Object> debugState() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("room", room.jid().toString());
    out.put("joined", room.isJoined());
    out.put("createdMs", createdMillis);
    out.put("meetingId", bridge.meetingId());
    out.put("electedOwner", owners.elected().orElse(""));
    out.put("ssrcs", sources.ssrcCount());
    out.put("occupants", room.debugState());
    out.put("participants", participants.values().stream().map(Participant::debugState).toList());
    return out;
  }
}
