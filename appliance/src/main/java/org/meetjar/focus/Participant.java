package org.meetjar.focus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.xml.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An occupant as a participant of the conference: its media session, from the allocation on the
 * bridge over the offer to the end. Owned by the signalling loop.
 */
final class Participant {
  private static final Logger log = LoggerFactory.getLogger(Participant.class);

  private final Conference conference;
  private final FocusContext context;
  private final Invitations invitations;
  private final BridgeEndpoint endpoint;
  private final OthersSources others;
  private Occupant occupant;
  private Abilities abilities = Abilities.NONE;
  private SessionState state = SessionState.DISCOVERING;

  /** There when {@link SessionState#isSession}, else null. */
  private JingleSession session;

  Participant(Conference conference, FocusContext context, Occupant occupant) {
    this.conference = conference;
    this.context = context;
    this.occupant = occupant;
    this.invitations = new Invitations(context);
    this.endpoint = new BridgeEndpoint(conference, id());
    this.others = new OthersSources(conference, context, id(), this::tell);
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

  SessionState state() {
    return state;
  }

  Invitations invitations() {
    return invitations;
  }

  BridgeEndpoint endpoint() {
    return endpoint;
  }

  boolean isSession(String sid) {
    return state.isKnown() && session.sid().equals(sid);
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
              if (state == SessionState.DISCOVERING) {
                abilities = new Abilities(found, context.settings().ssrcRewriting());
                others.receiverCan(abilities);
                state = SessionState.IDLE;
                conference.ready(this);
              }
            });
  }

  /** Begins a session, if there is none and one is wanted. */
  void invite() {
    if (state != SessionState.IDLE || invitations.areDeclined() || abilities.kinds().isEmpty()) {
      return;
    }
    invitations.begin();
    state = SessionState.ALLOCATING;
    JingleSession invited =
        new JingleSession(
            context, conference.room().ownAddress(), occupant.address(), abilities.jsonSources());
    session = invited;
    endpoint.create(
        abilities.capabilities(),
        media(),
        reply -> {
          if (session == invited) {
            allocated(reply);
          }
        });
  }

  /** What the client is offered. */
  private List<MediaDescription> media() {
    return Codecs.offer(context.settings().codecs(), abilities.features());
  }

  private void allocated(ColibriReply reply) {
    if (reply instanceof ColibriError error) {
      refused(error);
      return;
    }
    TransportDescription transport = ((ConferenceModified) reply).transports().get(id());
    if (transport == null) {
      endpoint.expire();
      refused(new ColibriError(ColibriError.Reason.BAD_REQUEST, id(), "no transport"));
      return;
    }
    invitations.granted();
    conference.bridgeWorks();
    offer(transport);
  }

  private void offer(TransportDescription transport) {
    state = SessionState.OFFERED;
    JingleSession offered = session;
    Invitations.Muted muted = invitations.takeMuted();
    session.initiate(
        media(),
        transport,
        others.forOffer(),
        muted.audio(),
        muted.video(),
        outcome -> {
          if (session == offered && outcome.isResult()) {
            invitations.arrived();
          } else if (session == offered && state == SessionState.OFFERED) {
            invitationFailed(outcome.condition());
          }
        });
  }

  private void invitationFailed(String condition) {
    log.info("failure occupant={} reason=invitation-{}", occupant.address(), condition);
    endSession(condition.equals(Iqs.Outcome.TIMEOUT) ? Ending.expired("no answer") : Ending.SILENT);
    if (invitations.repeat()) {
      invite();
    }
  }

  private void refused(ColibriError error) {
    log.warn("The bridge refuses {}: {} {}", occupant.address(), error.reason(), error.text());
    state = SessionState.IDLE;
    JingleSession refused = session;
    session = null;
    if (error.reason() == ColibriError.Reason.BAD_REQUEST) {
      invitations.decline();
    } else {
      invitations.refused(() -> conference.ready(this));
    }
    refused.terminate(Ending.refused(error));
    conference.troubles().refused(error);
  }

  /** The client has accepted: its sources are in the conference now. */
  void accepted(Element jingle, Optional<TransportDescription> transport) {
    state = SessionState.ACTIVE;
    endpoint.update(
        AcceptedMedia.read(media(), jingle), transport, JingleReader.initialLastN(jingle));
    others.start();
  }

  /** Ends the session and begins another. */
  void restart(Ending ending) {
    endSession(ending);
    invite();
  }

  /** The client has ended the session and wants no other. */
  void decline() {
    invitations.decline();
    endSession(Ending.SILENT);
  }

  /**
   * Ends the session here, on the bridge, for the others, and, unless silent, at the client.
   *
   * <p>The endpoint goes before the sources are forgotten: what the bridge still forwards of them
   * would be unknown to the others.
   */
  void endSession(Ending ending) {
    if (!state.isSession()) {
      return;
    }
    boolean offered = state != SessionState.ALLOCATING;
    state = SessionState.IDLE;
    JingleSession ended = session;
    session = null;
    others.stop();
    endpoint.expire();
    if (offered && !ending.isSilent()) {
      ended.terminate(ending);
    }
    conference.forgetSources(id());
  }

  /** The occupant has left the room. */
  void leave() {
    endSession(Ending.SILENT);
    invitations.stop();
    state = SessionState.GONE;
  }

  /** The sources of another participant have changed. */
  void sourcesChanged(String owner) {
    others.changed(owner);
  }

  private void tell(String action, Map<String, SourceSet> sources) {
    JingleSession told = session;
    told.signal(
        action,
        sources,
        outcome -> {
          // The client has lost the session without telling us.
          if (session == told
              && outcome.condition().equals("item-not-found")
              && invitations.mayRestart()) {
            restart(Ending.SILENT);
          }
        });
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
    out.put("declined", invitations.areDeclined());
    out.put("ssrcs", conference.sources().of(id()).sources().stream().map(Source::ssrc).toList());
    return out;
  }
}
