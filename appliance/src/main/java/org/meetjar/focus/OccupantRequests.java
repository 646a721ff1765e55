package org.meetjar.focus;

import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/**
 * What occupants ask of the focus, each in an IQ through the room. Owned by the signalling loop.
 */
final class OccupantRequests {
  private final Conference conference;
  private final FocusContext context;
  private final JingleRequests jingle;
  private final MuteRequests mutes;

  OccupantRequests(Conference conference, FocusContext context) {
    this.conference = conference;
    this.context = context;
    this.jingle = new JingleRequests(conference);
    this.mutes = new MuteRequests(context, conference.room());
  }

  /** Answers a request. */
  void receive(Element iq, Jid from) {
    Optional<Occupant> occupant = conference.room().occupant(from.resource());
    Optional<Element> payload = iq.firstChild();
    Optional<Refusal> refusal =
        occupant.isEmpty() || payload.isEmpty()
            ? Optional.of(Refusal.badRequest("not an occupant, or nothing asked"))
            : handle(occupant.get(), payload.get(), () -> accept(iq));
    refusal.ifPresent(reason -> context.router().route(Stanzas.error(iq, reason)));
  }

  private void accept(Element iq) {
    context.router().route(Stanzas.result(iq).build());
  }

  private Optional<Refusal> handle(Occupant occupant, Element asked, Runnable accepted) {
    if (asked.is("jingle", Namespaces.JINGLE)) {
      Optional<Participant> participant = conference.participant(occupant.nick());
      return participant.isPresent()
          ? jingle.handle(participant.get(), asked, accepted)
          : Optional.of(Refusal.unknownSession());
    }
    return MuteRequests.isMute(asked)
        ? mutes.handle(occupant, asked, accepted)
        : Optional.of(Refusal.serviceUnavailable(""));
  }
}
