package org.meetjar.focus;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.xml.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What participants ask for in Jingle. Each request is answered by a result or a refusal. */
final class JingleRequests {
  private static final Logger log = LoggerFactory.getLogger(JingleRequests.class);

  private final Conference conference;

  JingleRequests(Conference conference) {
    this.conference = conference;
  }

  /**
   * Applies a request.
   *
   * @param accepted is called once the request is known to be good and before what follows from it
   *     is sent: the client waits for the result
   * @return why it is refused; then {@code accepted} was not called
   */
  Optional<Refusal> handle(Participant participant, Element jingle, Runnable accepted) {
    if (!participant.isSession(jingle.attribute("sid"))) {
      return Optional.of(Refusal.unknownSession());
    }
    try {
      return switch (jingle.attribute("action")) {
        case "session-accept" -> accept(participant, jingle, accepted);
        case "source-add", "addsource" -> add(participant, jingle, accepted);
        case "source-remove", "removesource" -> remove(participant, jingle, accepted);
        case "session-terminate" -> terminate(participant, jingle, accepted);
        case "session-info" -> info(participant, jingle, accepted);
        case "transport-info" -> transport(participant, jingle, accepted);
        default -> Optional.of(Refusal.featureNotImplemented("no such action"));
      };
    } catch (InvalidSources e) {
      log.info(
          "{} of {} is refused: {}",
          jingle.attribute("action"),
          participant.occupant().address(),
          e.getMessage());
      return Optional.of(Refusal.badRequest(e.getMessage()));
    }
  }

  private Optional<Refusal> accept(Participant participant, Element jingle, Runnable accepted) {
    if (participant.state() == SessionState.ACTIVE) {
      return Optional.of(Refusal.unexpectedRequest("the session is accepted already"));
    }
    Optional<TransportDescription> transport = TransportXml.read(jingle);
    try {
      if (transport.isEmpty() || transport.get().fingerprints().isEmpty()) {
        throw new InvalidSources("no transport with a fingerprint");
      }
      conference.sources().add(participant.id(), JingleReader.sources(jingle, participant.id()));
    } catch (InvalidSources e) {
      log.info(
          "session-accept of {} is refused: {}", participant.occupant().address(), e.getMessage());
      participant.decline();
      return Optional.of(Refusal.badRequest(e.getMessage()));
    }
    accepted.run();
    participant.accepted(jingle, transport);
    conference.sourcesChanged(participant.id());
    return Optional.empty();
  }

  private Optional<Refusal> add(Participant participant, Element jingle, Runnable accepted)
      throws InvalidSources {
    if (participant.state() != SessionState.ACTIVE) {
      return Optional.of(Refusal.unexpectedRequest("the session is not accepted yet"));
    }
    conference.sources().add(participant.id(), JingleReader.sources(jingle, participant.id()));
    changed(participant, accepted);
    return Optional.empty();
  }

  private Optional<Refusal> remove(Participant participant, Element jingle, Runnable accepted)
      throws InvalidSources {
    if (participant.state() != SessionState.ACTIVE) {
      return Optional.of(Refusal.unexpectedRequest("the session is not accepted yet"));
    }
    conference.sources().remove(participant.id(), JingleReader.sources(jingle, participant.id()));
    changed(participant, accepted);
    return Optional.empty();
  }

  private void changed(Participant participant, Runnable accepted) {
    accepted.run();
    participant.endpoint().update(List.of(), Optional.empty(), OptionalInt.empty());
    conference.sourcesChanged(participant.id());
  }

  private Optional<Refusal> terminate(Participant participant, Element jingle, Runnable accepted) {
    Optional<Element> bridgeSession = JingleReader.bridgeSession(jingle);
    if (bridgeSession.isPresent()
        && !participant.isBridgeSession(bridgeSession.get().attribute("id"))) {
      return Optional.of(Refusal.itemNotFound("no such bridge session"));
    }
    boolean restart =
        bridgeSession.filter(element -> element.attribute("restart").equals("true")).isPresent();
    if (restart && !participant.invitations().mayRestart()) {
      // The client has ended the session all the same.
      participant.decline();
      return Optional.of(Refusal.resourceConstraint("too many restarts"));
    }
    accepted.run();
    if (restart) {
      log.info("{} asks for another session", participant.occupant().address());
      participant.restart(Ending.SILENT);
    } else {
      participant.decline();
    }
    return Optional.empty();
  }

  private Optional<Refusal> info(Participant participant, Element jingle, Runnable accepted) {
    Optional<Element> bridgeSession = JingleReader.bridgeSession(jingle);
    boolean restart =
        bridgeSession.filter(element -> element.attribute("ice-restart").equals("true")).isPresent()
            || jingle.childText("ice-state", Namespaces.FOCUS).equals("failed");
    if (restart) {
      if (bridgeSession.isPresent()
          && !participant.isBridgeSession(bridgeSession.get().attribute("id"))) {
        return Optional.of(Refusal.itemNotFound("no such bridge session"));
      }
      if (!participant.invitations().mayRestart()) {
        return Optional.of(Refusal.resourceConstraint("too many restarts"));
      }
    }
    accepted.run();
    if (restart) {
      log.info("{} has lost its connection to the bridge", participant.occupant().address());
      participant.restart(Ending.MOVING);
    }
    return Optional.empty();
  }

  private Optional<Refusal> transport(Participant participant, Element jingle, Runnable accepted) {
    Optional<TransportDescription> transport = TransportXml.read(jingle);
    if (transport.isEmpty()) {
      return Optional.of(Refusal.badRequest("no transport"));
    }
    accepted.run();
    participant.endpoint().update(List.of(), transport, OptionalInt.empty());
    return Optional.empty();
  }
}
