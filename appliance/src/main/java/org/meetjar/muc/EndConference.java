package org.meetjar.muc;

import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;
import org.meetjar.xmpp.StanzaError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a meeting for all: a moderator sends {@code <end_conference/>} to {@code endconference.D}.
 * The hub lists the address under {@link #TYPE}.
 */
public final class EndConference implements Component {
  /** The type of the identity in the hub's service discovery, by which clients find it. */
  public static final String TYPE = "end_conference";

  private static final Logger log = LoggerFactory.getLogger(EndConference.class);
  private static final String REASON = "The meeting has been terminated";

  private final Muc muc;
  private final Router router;
  private final Jid address;

  /** Registers with the router, as {@code endconference.D}. */
  public EndConference(Router router, Muc muc, String domain) {
    this.muc = muc;
    this.router = router;
    this.address = Jid.of("endconference." + domain);
    router.register(address, this);
  }

  public Jid address() {
    return address;
  }

  @Override
  public void receive(Element stanza) {
    if (Iq.isRequest(stanza)) {
      router.route(ServiceIq.answer(stanza, TYPE));
    } else if (stanza.name().equals("message")
        && StanzaError.answerable(stanza)
        && stanza.children().anyMatch(child -> child.name().equals("end_conference"))) {
      muc.execute(() -> end(stanza));
    }
  }

  private void end(Element message) {
    Optional<Jid> sender = Jid.parse(message.attribute("from"));
    Optional<Room> room = sender.flatMap(muc::roomOf);
    Optional<Occupant> occupant = room.flatMap(in -> in.occupantOf(sender.orElseThrow()));
    if (occupant.filter(Occupant::isModerator).isEmpty()) {
      router.route(StanzaError.FORBIDDEN.reply(message, "Only moderators end a meeting"));
      return;
    }
    log.info("end room={} endpoint={}", room.orElseThrow().jid(), occupant.get().nick());
    room.orElseThrow().destroy(REASON, Optional.empty());
  }
}
