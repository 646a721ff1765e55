package org.meetjar.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meetjar.channel.TextChannelRequest;
import org.meetjar.config.XmppLimits;
import org.meetjar.config.XmppSettings;
import org.meetjar.xml.Element;

/** A client that does harm is gone, and nobody else notices. */
class StreamLimitsTest {
  private final TestHub hub = new TestHub();

  private static XmppSettings crowded(int sessions, int strangers, int perAddress) {
    XmppSettings shipped = TestHub.settings();
    XmppLimits l = shipped.limits();
    return shipped.withLimits(
        new XmppLimits(
            sessions,
            strangers,
            perAddress,
            l.loginTimeout(),
            l.stanza(),
            l.stanzaBeforeLogin(),
            l.stanzaRate(),
            l.stanzaBurst(),
            l.sizeRate(),
            l.sizeBurst(),
            l.unacknowledged(),
            l.unacknowledgedSize(),
            l.unacknowledgedTotal(),
            l.acknowledgeWithin(),
            l.hibernating(),
            l.hibernatingPerAddress(),
            l.directedPresences(),
            l.inbox()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not-well-formed       | <message>",
        "not-well-formed       | hello",
        "restricted-xml        | <message><!-- c --></message>",
        "restricted-xml        | <!DOCTYPE m [<!ENTITY a 'b'>]><message/>",
        "restricted-xml        | <?php x ?><message/>",
        "unsupported-stanza-type | <stanza xmlns='urn:other'/>",
        "unsupported-stanza-type | <message xmlns='jabber:server'/>",
        "bad-format            | <open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='meet.example' version='1.0'/>",
      })
  void anOffenderHearsWhy(String condition, String stanza) {
    TestClient offender = hub.guest();
    TestClient bystander = hub.guest();
    offender.send(stanza);

    assertThat(offender.takeStreamError()).isEqualTo(condition);
    bystander.expectNothing();
    assertThat(
            bystander
                .request("get", Jid.of("meet.example"), Element.of("ping", "urn:xmpp:ping").build())
                .attribute("type"))
        .isEqualTo("result");
    assertThat(hub.hub().status().sessions()).isEqualTo(1);
  }

  @Test
  void anOversizedStanzaIsAgainstThePolicy() {
    TestClient offender = hub.guest();
    offender.send("<message><body>" + "x".repeat(256 * 1024) + "</body></message>");

    assertThat(offender.takeStreamError()).isEqualTo("policy-violation");
  }

  @Test
  void aStrangerSendsLittle() {
    TestClient stranger = hub.connect();
    stranger.open(TestHub.DOMAIN);
    stranger.send("<auth xmlns='x'>" + "x".repeat(11_000) + "</auth>");

    assertThat(stranger.takeStreamError()).isEqualTo("policy-violation");
  }

  @Test
  void anErrorBeforeTheOpeningStillHasAStreamAroundIt() {
    TestClient stranger = hub.connect();
    stranger.sendRaw("<<<");

    assertThat(stranger.takeText()).startsWith("<open ");
    assertThat(stranger.takeText()).startsWith("<stream:error ");
    assertThat(stranger.takeText()).startsWith("<close ");
  }

  @Test
  void aBurstIsFineAndAFloodIsNot() {
    TestClient client = hub.guest();
    for (int i = 0; i < 1500; i++) {
      client.send("<message to='meet.example'/>");
    }
    assertThat(client.closed()).isFalse();
    for (int i = 0; i < 1500; i++) {
      client.send("<message to='meet.example'/>");
    }

    assertThat(client.takeStreamError()).isEqualTo("policy-violation");
  }

  @Test
  void aFullServerSaysSoAndKeepsThoseWhoAreIn() {
    TestHub small = new TestHub(crowded(2, 10, 10), Accounts.NONE);
    TestClient first = small.guest();
    small.guest();
    TestClient third = small.connect();
    third.sendRaw(
        "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='meet.example' version='1.0'/>");
    assertThat(third.takeStreamError()).isEqualTo("resource-constraint");

    first.lose();
    TestClient back = small.connect("198.51.100.9", Map.of("previd", first.token()));
    assertThat(back.resume(first).name()).isEqualTo("resumed");
  }

  @Test
  void strangersAreLimitedByAddress() {
    TestHub small = new TestHub(crowded(10, 5, 2), Accounts.NONE);
    TestClient first = small.connect("2001:db8::1", Map.of());
    small.connect("2001:db8::2", Map.of());

    assertThat(small.hub().acceptor().admit("", asked("2001:db8:0:0:9::3"))).isEqualTo(429);
    assertThat(small.connect("2001:db8::3", Map.of()).closed()).isTrue();
    assertThat(small.hub().acceptor().admit("", asked("2001:db8:0:1::1"))).isEqualTo(101);
    first.login();
    assertThat(small.hub().acceptor().admit("", asked("2001:db8::3"))).isEqualTo(101);
  }

  @Test
  void placesOfStrangersAreGivenBack() {
    TestHub small = new TestHub(crowded(100, 2, 2), Accounts.NONE);
    for (int i = 0; i < 20; i++) {
      small.connect().lose();
      small.guest().close();
      TestClient offender = small.connect();
      offender.send("<<<");
    }

    assertThat(small.hub().status()).isEqualTo(new HubStatus(0, 0, 0, 0));
  }

  @Test
  void aServerThatStopsTellsEverybody() {
    List<TestClient> clients = List.of(hub.guest(), hub.guest());
    TestClient stranger = hub.connect();
    Thread stopper = new Thread(hub.hub()::shutdown);
    stopper.start();
    while (stopper.isAlive()) {
      hub.loop().run();
      Thread.onSpinWait();
    }

    for (TestClient client : clients) {
      assertThat(client.takeStreamError()).isEqualTo("system-shutdown");
    }
    assertThat(stranger.takeStreamError()).isEqualTo("system-shutdown");
    assertThat(hub.hub().acceptor().admit("", asked("198.51.100.1"))).isEqualTo(503);
  }

  private static TextChannelRequest asked(String address) {
    return new TextChannelRequest() {
      @Override
      public String remoteAddress() {
        return address;
      }

      @Override
      public String query(String name) {
        return "";
      }

      @Override
      public String header(String name) {
        return "";
      }
    };
  }
}
