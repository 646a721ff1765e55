package org.meetjar.focus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An occupant as a participant of the conference: its media session, from the allocation on the
 * bridge over the offer to the end, and what it has been told of the others' sources.
 */
final class Participant {
  private static final Logger log = LoggerFactory.getLogger(Participant.class);

  /** An invitation that failed at the client is repeated so often. */
  private static final int REINVITES = 1;

  /** How long a refusal by the bridge keeps a participant waiting, doubled each time. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  private static final int MAX_RETRY_DOUBLINGS = 4;

  private final Conference conference;
  private final FocusContext context;
  private final RateLimit restarts;
  private final SourceFeed feed;
  private Occupant occupant;
  private Abilities abilities = Abilities.NONE;
  private State state = State.DISCOVERING;

  /** There when {@link #hasSession}, else null. */
  private JingleSession session;

  private boolean declined;
  private boolean startAudioMuted;
  private boolean startVideoMuted;
  private int reinvites;
  private int refusals;
  private Loop.Timer retryTimer = () -> {};

  Participant(Conference conference, FocusContext context, Occupant occupant) {
    this.conference = conference;
    this.context = context;
    this.occupant = occupant;
    this.restarts =
        new RateLimit(
            context.loop(),
            context.settings().restartInterval(),
            context.settings().restartsPerMinute(),
            Duration.ofMinutes(1));
    this.feed =
        new SourceFeed(
            context.loop(),
            () -> context.settings().sourceDelay(conference.participantCount()),
            this::visible,
            this::tell);
  }

  /** Where the participant's media session is. */
  enum State {
    /** It is not known yet what the client can do. */
    DISCOVERING,
    /** There is no session. */
    IDLE,
    /** The bridge has been asked for an endpoint. */
    ALLOCATING,
    /** The client has been sent an offer. */
    OFFERED,
    /** The client has accepted. */
    ACTIVE,
    /** The occupant has left. */
    GONE
  }

  String id() {
    return occupant.nick();
  }

  Occupant occupant() {
    return occupant;
  }

  void update(Occupant present) {
    occupant = present;
  }

  State state() {
    return state;
  }

  boolean hasSession() {
    return state == State.ALLOCATING || state == State.OFFERED || state == State.ACTIVE;
  }

  boolean isSession(String sid) {
    return (state == State.OFFERED || state == State.ACTIVE) && session.sid().equals(sid);
  }

  boolean isBridgeSession(String id) {
    return session != null && session.bridgeSessionId().equals(id);
  }

  /** Finds out what the client can do; then it may be invited. */
  void discover() {
    context
        .features()
        .discover(
            occupant,
            found -> {
              if (state == State.DISCOVERING) {
                abilities = new Abilities(found, context.settings().ssrcRewriting());
                state = State.IDLE;
                conference.ready(this);
              }
            });
  }

  /** The conference begins anew: who declined before is asked again. */
  void forgive() {
    declined = false;
    refusals = 0;
  }

  /**
   * Asks the participant to join with a microphone or camera off; once, at the first invitation.
   */
  void startMuted(boolean audio, boolean video) {
    startAudioMuted = audio;
    startVideoMuted = video;
  }

  /** Begins a session, if there is none and one is wanted. */
  void invite() {
    if (state != State.IDLE || declined || abilities.kinds().isEmpty()) {
      return;
    }
    retryTimer.cancel();
    state = State.ALLOCATING;
    JingleSession invited =
        new JingleSession(
            context, conference.room().ownAddress(), occupant.address(), abilities.jsonSources());
    session = invited;
    conference
        .bridge()
        .createEndpoint(
            new EndpointModify(
                id(),
                true,
                false,
                abilities.capabilities(),
                Codecs.offer(context.settings().codecs(), abilities.features()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty()),
            reply -> {
              if (session == invited) {
                allocated(reply);
              }
            });
  }

  private void allocated(ColibriReply reply) {
    if (reply instanceof ColibriError error) {
      refused(error);
      return;
    }
    TransportDescription transport = ((ConferenceModified) reply).transports().get(id());
    if (transport == null) {
      conference.bridge().expireEndpoint(id());
      refused(new ColibriError(ColibriError.Reason.BAD_REQUEST, id(), "no transport"));
      return;
    }
    refusals = 0;
    conference.bridgeWorks();
    offer(transport);
  }

  private void offer(TransportDescription transport) {
    state = State.OFFERED;
    Map<String, SourceSet> known = new LinkedHashMap<>();
    SourceSet bridgeSources = conference.bridge().bridgeSources().onlyKinds(abilities.kinds());
    if (!bridgeSources.isEmpty()) {
      known.put(Conference.BRIDGE, bridgeSources);
    }
    for (String owner : conference.sources().owners()) {
      SourceSet visible = visible(owner);
      if (!owner.equals(id()) && !visible.isEmpty()) {
        known.put(owner, visible);
      }
    }
    feed.offered(known);
    JingleSession offered = session;
    boolean audioMuted = startAudioMuted;
    boolean videoMuted = startVideoMuted;
    startAudioMuted = false;
    startVideoMuted = false;
    session.initiate(
        Codecs.offer(context.settings().codecs(), abilities.features()),
        transport,
        known,
        audioMuted,
        videoMuted,
        outcome -> {
          if (session == offered && outcome.isResult()) {
            reinvites = 0;
          } else if (session == offered && state == State.OFFERED) {
            invitationFailed(outcome.condition());
          }
        });
  }

  private void invitationFailed(String condition) {
    log.info("failure occupant={} reason=invitation-{}", occupant.address(), condition);
    endSession(condition.equals(Iqs.Outcome.TIMEOUT) ? Ending.expired("no answer") : Ending.SILENT);
    if (reinvites < REINVITES) {
      reinvites++;
      invite();
    }
  }

  private void refused(ColibriError error) {
    log.warn("The bridge refuses {}: {} {}", occupant.address(), error.reason(), error.text());
    state = State.IDLE;
    JingleSession refused = session;
    session = null;
    if (error.reason() == ColibriError.Reason.BAD_REQUEST) {
      declined = true;
    } else {
      int doublings = Math.min(refusals++, MAX_RETRY_DOUBLINGS);
      retryTimer =
          context
              .loop()
              .schedule(FIRST_RETRY.multipliedBy(1L << doublings), () -> conference.ready(this));
    }
    String text =
        error.reason() == ColibriError.Reason.OVERLOADED
            ? "resource-constraint: the server has no room for another participant"
            : "the media server refuses the session";
    refused.terminate(Ending.failed(text));
    conference.bridgeRefused(error);
  }

  /** The client has accepted: its sources are in the conference now. */
  void accepted(Element jingle, Optional<TransportDescription> transport) {
    state = State.ACTIVE;
    List<MediaDescription> offered =
        Codecs.offer(context.settings().codecs(), abilities.features());
    updateBridge(AcceptedMedia.read(offered, jingle), transport, JingleReader.initialLastN(jingle));
    feed.start();
  }

  /** Tells the bridge the client's choice and transport, if given, and its sources. */
  void updateBridge(
      List<MediaDescription> media,
      Optional<TransportDescription> transport,
      OptionalInt initialLastN) {
    conference
        .bridge()
        .updateEndpoint(
            new EndpointModify(
                id(),
                false,
                false,
                Set.of(),
                media,
                transport,
                Optional.of(conference.sources().of(id()).toMediaSources()),
                Optional.empty(),
                initialLastN));
  }

  /** Whether the client may have one more restart now; it then counts. */
  boolean mayRestart() {
    return restarts.accept();
  }

  /** Ends the session and begins another. */
  void restart(Ending ending) {
    endSession(ending);
    invite();
  }

  /** The client has ended the session and wants no other. */
  void decline() {
    declined = true;
    endSession(Ending.SILENT);
  }

  /**
   * Ends the session here, on the bridge, for the others, and, unless silent, at the client.
   *
   * <p>The endpoint goes before the sources are forgotten: what the bridge still forwards of them
   * would be unknown to the others.
   */
  void endSession(Ending ending) {
    if (!hasSession()) {
      return;
    }
    boolean offered = state != State.ALLOCATING;
    state = State.IDLE;
    JingleSession ended = session;
    session = null;
    feed.stop();
    conference.bridge().expireEndpoint(id());
    if (offered && !ending.isSilent()) {
      ended.terminate(ending);
    }
    conference.forgetSources(id());
  }

  /** The occupant has left the room. */
  void leave() {
    endSession(Ending.SILENT);
    retryTimer.cancel();
    state = State.GONE;
  }

  /** The sources of another participant have changed. */
  void sourcesChanged(String owner) {
    if (!abilities.rewrites()) {
      feed.changed(owner);
    }
  }

  private void tell(SourceSignaling.Update update) {
    tell("source-remove", update.removed());
    tell("source-add", update.added());
  }

  private void tell(String action, Map<String, SourceSet> sources) {
    if (sources.isEmpty()) {
      return;
    }
    JingleSession told = session;
    told.signal(
        action,
        sources,
        outcome -> {
          // The client has lost the session without telling us.
          if (session == told && outcome.condition().equals("item-not-found") && mayRestart()) {
            restart(Ending.SILENT);
          }
        });
  }

  private SourceSet visible(String owner) {
    return abilities.rewrites()
        ? SourceSet.EMPTY
        : conference.sources().visibleOf(owner).onlyKinds(abilities.kinds());
  }

  Map<String, Object> debugState() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", id());
    out.put("state", state.name());
    if (session != null) {
      out.put("sid", session.sid());
      out.put("bridgeSession", session.bridgeSessionId());
    }
    out.put("jsonSources", abilities.jsonSources());
    out.put("rewrites", abilities.rewrites());
    out.put("declined", declined);
    out.put("ssrcs", conference.sources().of(id()).sources().stream().map(Source::ssrc).toList());
    return out;
  }
}
