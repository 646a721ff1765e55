package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meetjar.config.Policy;
import org.meetjar.config.Settings;
import org.meetjar.muc.Muc;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.TestClient;
import org.meetjar.xmpp.TestHub;

/** Clients of the real hub in a room of the real service. */
class CallTest {
  private static final Jid ROOM = Jid.of("tea@conference.meet.example");
  private static final Jid FOCUS = ROOM.withResource("focus");

  private final TestHub hub = new TestHub();
  private final FakeColibri colibri = new FakeColibri();
  private TestClient alice;
  private TestClient bob;

  @BeforeEach
  void twoMeet() {
    Settings settings = Settings.from(Settings.defaults());
    new Muc(
        hub.loop(),
        hub.router(),
        TestHub.DOMAIN,
        Set.of(Jid.of("focus@auth." + TestHub.DOMAIN)),
        settings.muc());
    Focus focus =
        new Focus(
            TestHub.DOMAIN,
            settings.focus(),
            Policy.OPEN,
            hub.loop(),
            hub.router(),
            colibri,
            "test");
    focus.start();
    hub.loop().run();
    alice = join();
    bob = join();
  }

  @Test
  void bothAreOfferedASession() {
    assertThat(takeJingle(alice, "session-initiate").attribute("from")).isEqualTo(FOCUS.toString());
    assertThat(takeJingle(bob, "session-initiate").attribute("to")).isEqualTo(bob.jid().toString());
  }

  @Test
  void sourcesReachTheOther() {
    assertThat(accept(alice, 100).attribute("type")).isEqualTo("result");
    assertThat(accept(bob, 200).attribute("type")).isEqualTo("result");

    assertThat(takeJingle(alice, "source-add").toXml()).contains(bob.nick() + "-a0");
    assertThat(takeJingle(bob, "source-add").toXml()).contains(alice.nick() + "-a0");
  }

  @Test
  void theFirstIsOwnerAndMayKickAndMute() {
    accept(alice, 100);
    accept(bob, 200);
    takeJingle(alice, "source-add");
    Element mute =
        Element.of("mute", "http://jitsi.org/jitmeet/video")
            .set("jid", ROOM.withResource(bob.nick()).toString())
            .text("true")
            .build();
    assertThat(alice.request("set", FOCUS, mute).attribute("type")).isEqualTo("result");
    assertThat(bob.take(iq -> iq.child("mute", "http://jitsi.org/jitmeet/video").isPresent()))
        .satisfies(iq -> assertThat(iq.attribute("from")).isEqualTo(FOCUS.toString()));

    Element kick =
        Element.of("query", Namespaces.MUC_ADMIN)
            .add(
                Element.of("item", Namespaces.MUC_ADMIN)
                    .set("nick", bob.nick())
                    .set("role", "none"))
            .build();
    assertThat(alice.request("set", ROOM, kick).attribute("type")).isEqualTo("result");
    assertThat(takeJingle(alice, "source-remove").toXml()).contains(bob.nick() + "-a0");
    assertThat(colibri.conferences.values())
        .singleElement()
        .satisfies(endpoints -> assertThat(endpoints).containsExactly(alice.nick()));
  }

  @Test
  void whenAllHaveGoneTheRoomIsClosed() {
    alice.close();
    bob.close();
    hub.loop().advance(Duration.ofSeconds(6));

    assertThat(colibri.conferences).isEmpty();
    TestClient late = hub.guest();
    assertThat(request(late).attribute("type")).isEqualTo("result");
  }

  private TestClient join() {
    TestClient client = hub.guest();
    assertThat(request(client).child("conference", Namespaces.FOCUS).orElseThrow().attributes())
        .containsEntry("ready", "true");
    client.send(
        Element.of("presence", "jabber:client")
            .set("to", ROOM.withResource(client.nick()).toString())
            .add(Element.of("x", Namespaces.MUC)));
    Element disco = client.take(iq -> iq.child("query", Namespaces.DISCO_INFO).isPresent());
    Element.Builder info = Element.of("query", Namespaces.DISCO_INFO);
    for (String feature : Features.DEFAULT) {
      info.add(Element.of("feature", Namespaces.DISCO_INFO).set("var", feature));
    }
    client.send(
        Element.of("iq", "jabber:client")
            .set("type", "result")
            .set("id", disco.attribute("id"))
            .set("to", disco.attribute("from"))
            .add(info));
    return client;
  }

  private static Element request(TestClient client) {
    return client.request(
        "set",
        Jid.of("focus." + TestHub.DOMAIN),
        Element.of("conference", Namespaces.FOCUS)
            .set("room", ROOM.toString())
            .set("machine-uid", "m")
            .build());
  }

  /** Takes a Jingle request of the focus and acknowledges it. */
  private static Element takeJingle(TestClient client, String action) {
    Element iq =
        client.take(
            stanza ->
                stanza
                    .child("jingle", Namespaces.JINGLE)
                    .filter(jingle -> jingle.attribute("action").equals(action))
                    .isPresent());
    client.send(
        Element.of("iq", "jabber:client")
            .set("type", "result")
            .set("id", iq.attribute("id"))
            .set("to", iq.attribute("from")));
    return iq;
  }

  private static Element accept(TestClient client, long ssrc) {
    Element offer =
        takeJingle(client, "session-initiate").child("jingle", Namespaces.JINGLE).orElseThrow();
    return client.request(
        "set",
        FOCUS,
        TestXml.of(
            "<jingle xmlns='"
                + Namespaces.JINGLE
                + "' action='session-accept' sid='"
                + offer.attribute("sid")
                + "'>"
                + FakeClient.content(
                    "audio",
                    FakeClient.source(ssrc, client.nick() + "-a0", "m t" + ssrc),
                    FakeClient.TRANSPORT)
                + "</jingle>"));
  }
}
