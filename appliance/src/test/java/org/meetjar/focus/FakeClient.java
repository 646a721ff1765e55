package org.meetjar.focus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.meetjar.xml.Element;

/** A participant that records what the focus sends to it, and answers as a client would. */
final class FakeClient {
  final FocusHarness harness;
  final String nick;
  final String jid;

  /** Jingle, mute and other requests of the focus; not disco. */
  final List<Element> requests = new ArrayList<>();

  /** Answers to this client's own requests. */
  final List<Element> answers = new ArrayList<>();

  Set<String> features =
      Set.of(
          Features.AUDIO,
          Features.VIDEO,
          Features.RTX,
          Features.TRANSPORT_CC,
          Features.JSON_SOURCES);

  String affiliation = "none";
  String presenceChildren = "";

  /** When false, the client is there and answers nothing. */
  boolean alive = true;

  int discoRequests;

  FakeClient(FocusHarness harness, String nick, String jid) {
    this.harness = harness;
    this.nick = nick;
    this.jid = jid;
  }

  FakeClient withFeatures(String... some) {
    features = Set.of(some);
    return this;
  }

  FakeClient enter() {
    harness.enter(this);
    return this;
  }

  void leave() {
    harness.leave(this, "");
  }

  void become(String newAffiliation) {
    affiliation = newAffiliation;
    showPresence();
  }

  void showPresence() {
    harness.deliver(
        TestXml.of(
            "<presence xmlns='jabber:client' from='"
                + FocusHarness.ROOM
                + "/"
                + nick
                + "' to='"
                + FocusHarness.FOCUS_USER
                + "'>"
                + presenceChildren
                + "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='"
                + affiliation
                + "' role='"
                + (affiliation.equals("owner") ? "moderator" : "participant")
                + "' jid='"
                + jid
                + "'/></x></presence>"));
  }

  void receive(Element stanza) {
    if (!stanza.attribute("type").equals("set") && !stanza.attribute("type").equals("get")) {
      answers.add(stanza);
      return;
    }
    boolean disco = stanza.child("query", Namespaces.DISCO_INFO).isPresent();
    if (disco) {
      discoRequests++;
    } else {
      requests.add(stanza);
    }
    if (!alive) {
      return;
    }
    Element.Builder result =
        Element.of("iq", "jabber:client")
            .set("type", "result")
            .set("id", stanza.attribute("id"))
            .set("from", FocusHarness.ROOM + "/" + nick)
            .set("to", FocusHarness.FOCUS_USER);
    if (disco) {
      result.add(discoInfo());
    }
    harness.deliver(result.build());
  }

  Element discoInfo() {
    Element.Builder query =
        Element.of("query", Namespaces.DISCO_INFO)
            .add(
                Element.of("identity", Namespaces.DISCO_INFO)
                    .set("category", "client")
                    .set("type", "web"));
    features.stream()
        .sorted()
        .forEach(
            feature -> query.add(Element.of("feature", Namespaces.DISCO_INFO).set("var", feature)));
    return query.build();
  }

  /** The requests with that Jingle action. */
  List<Element> jingles(String action) {
    return requests.stream()
        .flatMap(iq -> iq.children("jingle", Namespaces.JINGLE))
        .filter(jingle -> jingle.attribute("action").equals(action))
        .toList();
  }

  Element lastOffer() {
    List<Element> offers = jingles("session-initiate");
    return offers.get(offers.size() - 1);
  }

  String bridgeSession() {
    return lastOffer().child("bridge-session", Namespaces.FOCUS).orElseThrow().attribute("id");
  }

  /** Sends a request through the room and returns the answer. */
  Element ask(Element payload) {
    String id = harness.nextId();
    harness.deliver(
        Element.of("iq", "jabber:client")
            .set("type", "set")
            .set("id", id)
            .set("from", FocusHarness.ROOM + "/" + nick)
            .set("to", FocusHarness.FOCUS_USER)
            .add(payload)
            .build());
    harness.loop.run();
    return answers.stream()
        .filter(answer -> answer.attribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  Element jingle(String action, String content) {
    return ask(
        TestXml.of(
            "<jingle xmlns='"
                + Namespaces.JINGLE
                + "' action='"
                + action
                + "' sid='"
                + lastOffer().attribute("sid")
                + "'>"
                + content
                + "</jingle>"));
  }

  /** Accepts the last offer with these sources in its video and audio contents. */
  Element accept(String audioSources, String videoSources) {
    return jingle(
        "session-accept",
        content("audio", audioSources, TRANSPORT)
            + content("video", videoSources, "<initial-last-n xmlns='jitsi:colibri2' value='4'/>"));
  }

  /** Accepts with a microphone whose SSRC is the base, and a camera with the SSRCs after it. */
  Element accept(long base) {
    return accept(microphone(base), camera(base));
  }

  String microphone(long base) {
    return source(base, nick + "-a0", nick + "-audio a" + base);
  }

  /** Three layers with retransmission. */
  String camera(long base) {
    StringBuilder sources = new StringBuilder();
    for (int i = 1; i <= 6; i++) {
      sources.append(source(base + i, nick + "-v0", nick + "-video v" + base));
    }
    return sources
        + group("SIM", base + 1, base + 2, base + 3)
        + group("FID", base + 1, base + 4)
        + group("FID", base + 2, base + 5)
        + group("FID", base + 3, base + 6);
  }

  static final String TRANSPORT =
      "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='cu' pwd='cp'>"
          + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='active'>"
          + "CC:DD</fingerprint></transport>";

  static String content(String media, String sources, String more) {
    return "<content creator='responder' name='"
        + media
        + "'><description xmlns='"
        + Namespaces.RTP
        + "' media='"
        + media
        + "'>"
        + sources
        + "</description>"
        + more
        + "</content>";
  }

  static String source(long ssrc, String name, String msid) {
    return "<source xmlns='"
        + Namespaces.SOURCES
        + "' ssrc='"
        + ssrc
        + "' name='"
        + name
        + "'><parameter name='msid' value='"
        + msid
        + "'/></source>";
  }

  static String group(String semantics, long... ssrcs) {
    StringBuilder out =
        new StringBuilder("<ssrc-group xmlns='")
            .append(Namespaces.SOURCES)
            .append("' semantics='")
            .append(semantics)
            .append("'>");
    for (long ssrc : ssrcs) {
      out.append("<source xmlns='jabber:client' ssrc='").append(ssrc).append("'/>");
    }
    return out.append("</ssrc-group>").toString();
  }
}
