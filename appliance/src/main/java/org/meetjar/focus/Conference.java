package org.meetjar.focus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One meeting: the room, its participants with their sessions, the sources, and the conference on
 * the bridge. Lives from the first request for the room until nobody is left in it.
 */
final class Conference implements Room.Listener {
  /** The owner of the bridge's own sources. */
  static final String BRIDGE = "jvb";

  private static final Logger log = LoggerFactory.getLogger(Conference.class);

  /** From so many on, there is something to forward. */
  private static final int MIN_OCCUPANTS = 2;

  private final FocusContext context;
  private final Room room;
  private final BridgeConference bridge;
  private final BridgeTroubles troubles;
  private final ConferenceSources sources;
  private final OwnerElection owners;
  private final OccupantRequests requests;
  private final StartMuted startMuted;
  private final Consumer<Conference> ended;
  private final Map<String, Participant> participants = new LinkedHashMap<>();
  private final Vacancy vacancy;
  private final RoomWaiters waiting = new RoomWaiters();
  private final long createdMillis;
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
    this.troubles = new BridgeTroubles(this, context);
    this.bridge = new BridgeConference(context, roomJid.toString(), troubles);
    this.sources =
        new ConferenceSources(context.settings().maxSsrcs(), context.settings().maxSsrcGroups());
    this.owners = new OwnerElection(context, room);
    this.requests = new OccupantRequests(this, context);
    this.startMuted = new StartMuted(context.settings(), properties);
    this.vacancy = new Vacancy(context.loop(), this::end, this::alone);
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
    return waiting.add(answer);
  }

  Room room() {
    return room;
  }

  BridgeConference bridge() {
    return bridge;
  }

  BridgeTroubles troubles() {
    return troubles;
  }

  ConferenceSources sources() {
    return sources;
  }

  Optional<Participant> participant(String id) {
    return Optional.ofNullable(participants.get(id));
  }

  /** Those who are there now, also when some of them leave meanwhile. */
  List<Participant> participants() {
    return List.copyOf(participants.values());
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
    waiting.take().forEach(answer -> answer.accept(""));
  }

  @Override
  public void roomLost(String condition) {
    log.warn("Conference {} has lost its room: {}", room.jid(), condition);
    List<Consumer<String>> answers = waiting.take();
    end();
    answers.forEach(answer -> answer.accept(condition));
  }

  @Override
  public void occupantJoined(Occupant occupant) {
    if (!occupant.mayTakePart()) {
      log.warn("{} cannot take part under that name", occupant.address());
      return;
    }
    vacancy.ends();
    owners.occupantJoined(occupant);
    startMuted.occupantChanged(occupant);
    Participant participant = new Participant(this, context, occupant);
    participants.put(occupant.nick(), participant);
    int count = participants.size();
    participant.invitations().startMuted(startMuted.audio(count), startMuted.video(count));
    log.debug("{} joins, {} present", occupant.address(), participants.size());
    if (participants.size() == MIN_OCCUPANTS) {
      begin();
    }
    participant.discover();
  }

  /** There is somebody to talk to. */
  private void begin() {
    vacancy.nobodyIsAlone();
    for (Participant participant : participants()) {
      participant.invitations().forgive();
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
      vacancy.alone(context.settings().aloneTimeout());
    } else if (participants.isEmpty()) {
      vacancy.nobodyIsAlone();
      rest(movesOn ? context.settings().startTimeout() : context.settings().emptyGrace());
    }
  }

  private void alone() {
    for (Participant participant : participants()) {
      participant.endSession(Ending.expired("alone in the conference"));
    }
  }

  /** Ends the conference after that time, unless somebody comes. */
  private void rest(Duration time) {
    if (participants.isEmpty() && !over) {
      vacancy.empty(time);
    }
  }

  /** Ends everything and leaves the room. */
  void end() {
    if (over) {
      return;
    }
    over = true;
    vacancy.close();
    participants().forEach(Participant::leave);
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
    for (Participant participant : participants()) {
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

  /** Answers an IQ request that has come through the room. */
  void receiveRequest(Element iq, Jid from) {
    requests.receive(iq, from);
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
