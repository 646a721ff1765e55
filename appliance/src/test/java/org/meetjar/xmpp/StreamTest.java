package org.meetjar.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;

/** Streams over WebSocket, RFC 7395 and RFC 6120, with the texts that Strophe compares. */
class StreamTest {
  private static final String OPEN =
      "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='meet.example' version='1.0'/>";

  private final TestHub hub = new TestHub();

  @Test
  void aStreamBeginsAsStropheReadsIt() {
    TestClient client = hub.connect();
    client.sendRaw(OPEN);

    assertThat(client.takeText())
        .startsWith("<open xmlns=\"urn:ietf:params:xml:ns:xmpp-framing\" ")
        .contains(" version=\"1.0\"")
        .contains(" from=\"meet.example\"");
    assertThat(client.takeText())
        .startsWith("<stream:features xmlns:stream=\"http://etherx.jabber.org/streams\">")
        .contains("<mechanism>ANONYMOUS</mechanism>");
  }

  @Test
  void aStreamEndsAsStropheReadsIt() {
    TestClient client = hub.guest();
    client.sendRaw("<close xmlns=\"urn:ietf:params:xml:ns:xmpp-framing\"/>");

    assertThat(client.takeText())
        .isEqualTo("<close xmlns=\"urn:ietf:params:xml:ns:xmpp-framing\" />");
    assertThat(client.closed()).isTrue();
  }

  @Test
  void aGuestGetsAnAddressOfTheServersMaking() {
    TestClient client = hub.guest();

    assertThat(client.jid().toString())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}@meet.example/.+");
    assertThat(client.nick()).matches("[0-9a-f]{8}");
  }

  @Test
  void guestsSendEachOtherStanzasUnderTheirOwnName() {
    TestClient alice = hub.guest();
    TestClient bob = hub.guest();
    alice.send(
        Element.of("message", "jabber:client")
            .set("from", "focus@auth.meet.example/focus")
            .set("to", bob.jid().toString())
            .textChild("body", "hello"));

    Element message = bob.take("message");
    assertThat(message.attribute("from")).isEqualTo(alice.jid().toString());
    assertThat(message.childText("body", "jabber:client")).isEqualTo("hello");
  }
}
