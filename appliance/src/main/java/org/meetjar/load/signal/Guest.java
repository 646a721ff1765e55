package org.meetjar.load.signal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meetjar.load.media.Person;
import org.meetjar.xml.Element;

/**
 * One simulated person in one room: signs in, asks for the conference, joins, accepts the session,
 * says whom it looks at. Belongs to the signalling loop.
 */
public final class Guest implements XmppClient.Listener {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private final Setting setting;
  private final Person person;
  private final String room;
  private final Listener listener;
  private final Layout layout;
  private final XmppClient xmpp;
  private final Sources sources = new Sources();
  private final long startNanos;
  private Optional<GuestSession> session = Optional.empty();
  private boolean inRoom;
  private boolean ended;
  private boolean joined;
  private long roomNanos;
  private Duration retry = FIRST_RETRY;

  /** Hears how it goes, on the loop. */
  public interface Listener {
    /** Is in the room; media follow as soon as there is somebody else. */
    void entered(Guest guest);

    /**
     * Media flow and the bridge channel is open, for the first time.
     *
     * @param took from the beginning of the connection, without waiting for a second person
     */
    void joined(Guest guest, Duration took);

    /** Could not join, or was thrown out; nothing more follows. */
    void failed(Guest guest, String why);
  }

  /**
   * Begins to join.
   *
   * @param room the room's JID
   */
  public Guest(Setting setting, Person person, String room, Listener listener) {
    this.setting = setting;
    this.person = person;
    this.room = room;
    this.listener = listener;
    layout =
        new Layout(
            setting.view(),
            setting.lastN(),
            Math.max(180, setting.shape().height()),
            person.nick());
    startNanos = setting.loop().nanoTime();
    xmpp =
        new XmppClient(
            setting.web(), setting.loop(), setting.webSocket(), setting.server().domain(), this);
    setting.loop().schedule(setting.patience(), this::checkPatience);
  }

  private void checkPatience() {
    if (!inRoom) {
      fail("the server does not let us in within " + setting.patience().toSeconds() + " s");
    }
  }

  @Override
  public void online() {
    xmpp.request(
        "get",
        setting.server().domain(),
        Element.of("services", Ns.EXTERNAL_SERVICES).build(),
        answer -> {});
    askForConference();
  }

  private void askForConference() {
    if (ended) {
      return;
    }
    xmpp.request(
        "set",
        setting.server().focus(),
        Element.of("conference", Ns.FOCUS)
            .set("room", room)
            .set("machine-uid", "load-" + person.nick())
            .add(property("rtcstatsEnabled", "false"))
            .add(property("visitors-version", "1"))
            .build(),
        this::conference);
  }

  private static Element.Builder property(String name, String value) {
    return Element.of("property", Ns.FOCUS).set("name", name).set("value", value);
  }

  private void conference(Element answer) {
    Optional<Element> conference = answer.child("conference", Ns.FOCUS);
    if (answer.attribute("type").equals("error") || conference.isEmpty()) {
      fail(Sentences.of(answer, "the conference"));
    } else if (conference.get().attribute("ready").equals("true")) {
      enter();
    } else {
      setting.loop().schedule(retry, this::askForConference);
      retry = retry.multipliedBy(2);
    }
  }

  private void enter() {
    Element.Builder presence =
        Element.of("presence", Ns.CLIENT)
            .set("to", room + "/" + person.nick())
            .add(Element.of("x", Ns.MUC));
    Presence.write(person).forEach(presence::add);
    xmpp.send(presence.build());
  }

  @Override
  public void stanza(Element stanza) {
    if (ended) {
      return;
    }
    switch (stanza.name()) {
      case "iq" -> request(stanza);
      case "presence" -> presence(stanza);
      default -> {}
    }
  }

  private void request(Element iq) {
    Optional<Element> jingle = iq.child("jingle", Ns.JINGLE);
    Optional<Element> disco = iq.child("query", Ns.DISCO_INFO);
    if (jingle.isPresent()) {
      xmpp.answer(iq, Optional.empty());
      jingle(iq.attribute("from"), jingle.get());
    } else if (disco.isPresent()) {
      xmpp.answer(iq, Optional.of(Presence.features(disco.get().attribute("node"))));
    } else if (iq.child("ping", Ns.PING).isPresent()) {
      xmpp.answer(iq, Optional.empty());
    } else {
      xmpp.refuse(iq);
    }
  }

  private void presence(Element presence) {
    String from = presence.attribute("from");
    if (!from.startsWith(room + "/")) {
      return;
    }
    String nick = from.substring(room.length() + 1);
    String type = presence.attribute("type");
    if (presence.child("bridgeNotAvailable", Ns.FOCUS).isPresent()) {
      fail("the server has no bridge");
    } else if (nick.equals(person.nick())) {
      own(presence, type);
    } else if (type.equals("unavailable")) {
      forget(sources.remove(nick));
      look();
    } else if (type.isEmpty()) {
      sources.present(nick, Presence.videos(presence));
      look();
    }
  }

  private void own(Element presence, String type) {
    if (type.equals("error")) {
      fail(Sentences.of(presence, "the room"));
    } else if (type.equals("unavailable")) {
      fail("the server has put us out of the room");
    } else if (!inRoom) {
      inRoom = true;
      roomNanos = setting.loop().nanoTime();
      listener.entered(this);
    }
  }

  private void jingle(String from, Element jingle) {
    if (!from.equals(room + "/focus")) {
      return;
    }
    switch (jingle.attribute("action")) {
      case "session-initiate" -> Offer.read(jingle).ifPresent(offer -> accept(from, offer));
      case "source-add", "addsource" -> {
        sources.add(Sources.read(jingle));
        session.ifPresent(GuestSession::expect);
        look();
      }
      case "source-remove", "removesource" -> {
        forget(sources.remove(Sources.read(jingle)));
        look();
      }
      case "session-terminate" -> endSession();
      default -> {}
    }
  }

  private void accept(String focus, Offer offer) {
    endSession();
    sources.add(offer.sources());
    GuestSession opened = new GuestSession(setting, person, layout, sources);
    session = Optional.of(opened);
    boolean possible =
        opened.open(
            offer,
            new GuestSession.Listener() {
              @Override
              public void ready() {
                Guest.this.ready(opened);
              }

              @Override
              public void failed(String why) {
                fail(why);
              }
            });
    if (possible) {
      Element answer =
          new Answer(offer, person, setting.media().dialer().fingerprint())
              .toElement(xmpp.jid(), setting.lastN());
      xmpp.request("set", focus, answer, this::accepted);
    }
  }

  private void accepted(Element answer) {
    if (answer.attribute("type").equals("error")) {
      fail(Sentences.of(answer, "the session"));
      return;
    }
    // Others are told only now that our sources are live.
    xmpp.send(
        Presence.unmuted(
            person, Element.of("presence", Ns.CLIENT).set("to", room + "/" + person.nick())));
  }

  private void ready(GuestSession opened) {
    if (!joined && !ended) {
      joined = true;
      long now = setting.loop().nanoTime();
      listener.joined(this, Duration.ofNanos(roomNanos - startNanos + now - opened.offeredNanos()));
    }
  }

  private void forget(List<Integer> ssrcs) {
    session.ifPresent(open -> open.forget(ssrcs));
  }

  private void look() {
    session.ifPresent(GuestSession::look);
  }

  private void endSession() {
    session.ifPresent(GuestSession::close);
    session = Optional.empty();
    sources.endSession();
  }

  /** Leaves the room and the server. */
  public void leave() {
    if (ended) {
      return;
    }
    ended = true;
    endSession();
    xmpp.send(
        Element.of("presence", Ns.CLIENT)
            .set("type", "unavailable")
            .set("to", room + "/" + person.nick())
            .build());
    xmpp.close();
  }

  @Override
  public void offline(String why) {
    fail(why);
  }

  private void fail(String why) {
    if (!ended) {
      leave();
      listener.failed(this, why);
    }
  }

  public Person person() {
    return person;
  }
}
