package org.meetjar.load.signal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.config.StartFailure;
import org.meetjar.load.media.MediaClient;
import org.meetjar.load.media.Person;
import org.meetjar.load.media.Remote;
import org.meetjar.xml.Element;

/**
 * One simulated person in one room: signs in, asks for the conference, joins, accepts the session,
 * says whom it looks at. Belongs to the signalling loop.
 */
public final class Guest implements XmppClient.Listener {
  private static final Duration STATS_INTERVAL = Duration.ofSeconds(10);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private final Setting setting;
  private final Person person;
  private final String room;
  private final Listener listener;
  private final Layout layout;
  private final XmppClient xmpp;
  private final Sources sources = new Sources();
  private final long startNanos;
  private Optional<Session> session = Optional.empty();
  private boolean inRoom;
  private boolean ended;
  private boolean joined;
  private long roomNanos;
  private Duration retry = FIRST_RETRY;
  private String staged = "";

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

  /** A Jingle session. */
  private static final class Session {
    final long offeredNanos;
    Optional<MediaClient> media = Optional.empty();
    Optional<BridgeChannel> channel = Optional.empty();
    boolean connected;
    boolean closed;

    Session(long offeredNanos) {
      this.offeredNanos = offeredNanos;
    }
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
        expect();
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
    Session opened = new Session(setting.loop().nanoTime());
    session = Optional.of(opened);
    sources.add(offer.sources());
    if (offer.transport().webSocketUrl().isEmpty()) {
      fail("the server offers its bridge channel by SCTP only, which is not spoken here");
      return;
    }
    List<InetSocketAddress> candidates = candidates(offer.transport().candidates());
    URI channel = URI.create(offer.transport().webSocketUrl());
    try {
      setting.targets().admit(channel);
    } catch (StartFailure foreign) {
      fail(foreign.getMessage());
      return;
    }
    if (candidates.isEmpty()) {
      fail(
          "the bridge offers no address of this machine: if it is your own server, give"
              + " --i-own-this-server");
      return;
    }
    openMedia(opened, offer, candidates);
    Element answer =
        new Answer(offer, person, setting.media().dialer().fingerprint())
            .toElement(xmpp.jid(), setting.lastN());
    xmpp.request("set", focus, answer, this::accepted);
    opened.channel =
        Optional.of(
            new BridgeChannel(
                setting.web(),
                channel,
                setting.loop(),
                () -> channelReady(opened),
                height -> wanted(opened, height),
                why -> channelClosed(opened, why)));
  }

  private List<InetSocketAddress> candidates(List<Candidate> offered) {
    return offered.stream()
        .flatMap(each -> literal(each.address()).map(ip -> address(ip, each.port())).stream())
        .filter(each -> setting.targets().admits(each.getAddress()))
        .distinct()
        .toList();
  }

  private static InetSocketAddress address(InetAddress ip, int port) {
    return new InetSocketAddress(ip, port);
  }

  /** An address that needs no asking for names, which would block the loop. */
  private static Optional<InetAddress> literal(String text) {
    if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }

  private void openMedia(Session opened, Offer offer, List<InetSocketAddress> candidates) {
    Remote remote =
        new Remote(
            offer.transport().ufrag(),
            offer.transport().password(),
            offer.transport().fingerprints(),
            candidates);
    List<Integer> videos = sources.videos.stream().map(Sources.Video::ssrc).toList();
    Map<Integer, Integer> repairs = Map.copyOf(sources.repairs);
    setting
        .media()
        .execute(
            () -> {
              try {
                MediaClient client =
                    setting.media().open(person, offer.negotiation(), remote, hears(opened));
                client.expect(repairs, videos);
                setting.loop().execute(() -> mediaOpened(opened, client));
              } catch (IOException e) {
                setting.loop().execute(() -> fail("no socket: " + Web.oneLine(e)));
              }
            });
  }

  private MediaClient.Listener hears(Session opened) {
    return new MediaClient.Listener() {
      @Override
      public void connected() {
        setting
            .loop()
            .execute(
                () -> {
                  opened.connected = true;
                  ready(opened);
                });
      }

      @Override
      public void failed(String why) {
        setting
            .loop()
            .execute(
                () -> {
                  if (!opened.closed) {
                    fail(why);
                  }
                });
      }
    };
  }

  private void mediaOpened(Session opened, MediaClient client) {
    if (opened.closed) {
      setting.media().execute(client::close);
      return;
    }
    opened.media = Optional.of(client);
    expect();
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

  private void channelReady(Session opened) {
    channelSend(
        opened,
        "{\"colibriClass\":\"SourceVideoTypeMessage\",\"sourceName\":\""
            + person.nick()
            + "-v0\",\"videoType\":\"camera\"}");
    staged = "";
    look();
    setting.loop().schedule(STATS_INTERVAL, () -> tellStats(opened));
    if (layout.hasStage() && !setting.stageChange().isZero()) {
      setting.loop().schedule(setting.stageChange(), () -> changeStage(opened));
    }
    ready(opened);
  }

  private static void channelSend(Session opened, String json) {
    opened.channel.ifPresent(channel -> channel.send(json));
  }

  private void ready(Session opened) {
    boolean open = opened.channel.filter(BridgeChannel::isReady).isPresent();
    if (open && opened.connected && !joined && !ended) {
      joined = true;
      long now = setting.loop().nanoTime();
      listener.joined(this, Duration.ofNanos(roomNanos - startNanos + now - opened.offeredNanos));
    }
  }

  private void channelClosed(Session opened, String why) {
    if (!opened.closed) {
      fail("the bridge channel: " + why);
    }
  }

  private void tellStats(Session opened) {
    if (opened.closed || ended) {
      return;
    }
    channelSend(
        opened,
        "{\"colibriClass\":\"EndpointStats\",\"bitrate\":{\"upload\":4500,\"download\":6000},"
            + "\"packetLoss\":{\"total\":0,\"download\":0,\"upload\":0},"
            + "\"connectionQuality\":100,\"jvbRTT\":1,\"maxEnabledResolution\":"
            + setting.shape().height()
            + "}");
    setting.loop().schedule(STATS_INTERVAL, () -> tellStats(opened));
  }

  private void changeStage(Session opened) {
    if (opened.closed || ended) {
      return;
    }
    layout.next();
    look();
    setting.loop().schedule(setting.stageChange(), () -> changeStage(opened));
  }

  private void wanted(Session opened, int height) {
    withMedia(opened, media -> media.maxHeight(height));
  }

  private void expect() {
    List<Integer> videos = sources.videos.stream().map(Sources.Video::ssrc).toList();
    Map<Integer, Integer> repairs = Map.copyOf(sources.repairs);
    session.ifPresent(open -> withMedia(open, media -> media.expect(repairs, videos)));
  }

  private void forget(List<Integer> ssrcs) {
    session.ifPresent(open -> withMedia(open, media -> media.forget(ssrcs)));
  }

  private void withMedia(Session open, java.util.function.Consumer<MediaClient> action) {
    open.media.ifPresent(media -> setting.media().execute(() -> action.accept(media)));
  }

  /** Says whom we look at, after it or the others have changed. */
  private void look() {
    Optional<Session> open =
        session.filter(each -> each.channel.filter(BridgeChannel::isReady).isPresent());
    if (open.isEmpty()) {
      return;
    }
    String constraints = layout.constraints(sources.videos);
    if (constraints.equals(staged)) {
      return;
    }
    staged = constraints;
    channelSend(open.get(), constraints);
    int top = setting.shape().layers().size() - 1;
    layout
        .onStage(sources.videos)
        .ifPresent(video -> withMedia(open.get(), media -> media.await(video.ssrc(), top)));
  }

  private void endSession() {
    session.ifPresent(
        open -> {
          open.closed = true;
          open.channel.ifPresent(BridgeChannel::close);
          open.media.ifPresent(media -> setting.media().execute(media::close));
        });
    session = Optional.empty();
    sources.videos.clear();
    sources.repairs.clear();
    sources.audio.clear();
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
