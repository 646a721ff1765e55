package org.meetjar.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;

/** XEP-0198: acknowledgement, and sessions that outlive their connection. */
class ResumptionTest {
  private static final Jid ROOM = Jid.of("room@conference.meet.example/nick");

  private final TestHub hub = new TestHub();
  private final List<Element> room = new ArrayList<>();

  private TestClient guestInRoom() {
    hub.router().register(Jid.of("conference.meet.example"), room::add);
    TestClient guest = hub.guest();
    guest.send("<presence to='" + ROOM + "'/>");
    return guest;
  }

  private TestClient reconnect(TestClient lost) {
    return hub.connect("198.51.100.8", Map.of("previd", lost.token()));
  }

  private void tell(TestClient client, String body) {
    hub.router()
        .route(
            Element.of("message", "jabber:client")
                .set("from", "meet.example")
                .set("to", client.jid().toString())
                .textChild("body", body)
                .build());
    hub.loop().run();
  }

  private static List<String> bodies(TestClient client) {
    return client.takeAll().stream()
        .filter(Stanza::isMessage)
        .map(m -> m.childText("body", "jabber:client"))
        .toList();
  }

  private List<String> presenceTypes() {
    return room.stream().filter(Stanza::isPresence).map(p -> p.attribute("type")).toList();
  }

  @Test
  void whatIsEnabledSaysForHowLong() {
    TestClient client = hub.connect();
    client.authenticate(TestHub.DOMAIN).bind();
    client.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
    Element enabled = client.take("enabled");

    assertThat(enabled.attribute("resume")).isEqualTo("true");
    assertThat(enabled.attribute("max")).isEqualTo("45");
    assertThat(enabled.attribute("id")).matches("[\\w-]{22,}");
  }

  @Test
  void stanzasAreCountedFromEnablingOn() {
    TestClient client = hub.guest();
    client.send("<r xmlns='urn:xmpp:sm:3'/>");
    assertThat(client.take("a").attribute("h")).isEqualTo("0");
    client.send("<message to='nobody@meet.example'/>");
    client.send("<presence/>");
    client.send("<r xmlns='urn:xmpp:sm:3'/>");
    assertThat(client.take("a").attribute("h")).isEqualTo("2");
  }

  @Test
  void aLostClientComesBackToItsSessionWithNothingLost() {
    TestClient lost = guestInRoom();
    tell(lost, "before");
    assertThat(bodies(lost)).containsExactly("before");
    lost.lose();
    tell(lost, "meanwhile 1");
    tell(lost, "meanwhile 2");

    TestClient back = reconnect(lost);
    assertThat(back.resume(lost).name()).isEqualTo("resumed");

    assertThat(bodies(back)).containsExactly("meanwhile 1", "meanwhile 2");
    tell(back, "after");
    assertThat(bodies(back)).containsExactly("after");
    assertThat(presenceTypes()).as("nobody in the room noticed").containsExactly("");
    back.send("<message to='" + ROOM + "'/>");
    assertThat(room.get(1).attribute("from")).isEqualTo(lost.jid().toString());
  }

  @Test
  void theServerSaysHowFarItGot() {
    TestClient lost = guestInRoom();
    lost.send("<message to='" + ROOM + "'/>");
    lost.lose();
    Element resumed = reconnect(lost).resume(lost);

    assertThat(resumed.attribute("h")).isEqualTo("2");
    assertThat(resumed.attribute("previd")).isEqualTo(lost.token());
  }

  @Test
  void whatTheClientHadNotAcknowledgedIsSentAgain() {
    TestClient lost = hub.guest();
    lost.stopAcknowledging();
    tell(lost, "1");
    tell(lost, "2");
    long handled = lost.handled(); // nothing read yet
    lost.lose();

    TestClient back = reconnect(lost);
    back.authenticate(TestHub.DOMAIN);
    back.send(
        "<resume xmlns='urn:xmpp:sm:3' previd='%s' h='%d'/>".formatted(lost.token(), handled + 1));
    back.take("resumed");
    assertThat(bodies(back)).containsExactly("2");
  }

  @Test
  void aClientMayResumeAgainAndAgain() {
    TestClient client = hub.guest();
    for (int i = 0; i < 3; i++) {
      client.lose();
      tell(client, "round " + i);
      TestClient back = reconnect(client);
      assertThat(back.resume(client).name()).isEqualTo("resumed");
      assertThat(bodies(back)).containsExactly("round " + i);
      client = back;
    }
  }

  @Test
  void aClientMayResumeWhileItsOldConnectionStillSeemsAlive() {
    TestClient old = guestInRoom();
    TestClient back = reconnect(old);
    assertThat(back.resume(old).name()).isEqualTo("resumed");

    assertThat(old.takeStreamError()).isEqualTo("conflict");
    old.lose();
    tell(back, "here");
    assertThat(bodies(back)).containsExactly("here");
    assertThat(presenceTypes()).containsExactly("");
  }

  @Test
  void whoDoesNotComeBackIsGone() {
    TestClient lost = guestInRoom();
    lost.lose();
    lost.advance(Duration.ofSeconds(44));
    assertThat(presenceTypes()).containsExactly("");
    lost.advance(Duration.ofSeconds(2));

    assertThat(presenceTypes()).containsExactly("", "unavailable");
    assertThat(room.get(1).attribute("from")).isEqualTo(lost.jid().toString());
    assertThat(room.get(1).attribute("to")).isEqualTo(ROOM.toString());
    assertThat(hub.hub().status()).isEqualTo(new HubStatus(0, 0, 0, 0));
  }

  @Test
  void whoComesBackTooLateStartsAnew() {
    TestClient lost = hub.guest();
    lost.lose();
    lost.advance(Duration.ofMinutes(1));
    TestClient back = reconnect(lost);
    Element failed = back.resume(lost);

    assertThat(failed.name()).isEqualTo("failed");
    assertThat(failed.firstChild().orElseThrow().name()).isEqualTo("item-not-found");
    back.bind();
    assertThat(back.jid().node()).isNotEqualTo(lost.jid().node());
  }

  @Test
  void anInventedTokenResumesNothing() {
    TestClient client = hub.connect("198.51.100.8", Map.of("previd", "AAAAAAAAAAAAAAAAAAAAAAAA"));
    client.authenticate(TestHub.DOMAIN);
    client.send("<resume xmlns='urn:xmpp:sm:3' previd='AAAAAAAAAAAAAAAAAAAAAAAA' h='0'/>");

    assertThat(client.take("failed")).isNotNull();
  }

  @Test
  void aTokenEndsWithItsSession() {
    TestClient client = hub.guest();
    client.close();

    assertThat(reconnect(client).resume(client).name()).isEqualTo("failed");
  }

  @Test
  void aClientThatSignsInAnewLeavesItsOldSession() {
    TestClient lost = guestInRoom();
    lost.lose();
    TestClient anew = reconnect(lost).login();

    assertThat(anew.jid().bare()).isEqualTo(lost.jid().bare());
    assertThat(presenceTypes()).containsExactly("", "unavailable");
    assertThat(hub.hub().status().sessions()).isEqualTo(1);
  }

  @Test
  void aGoodbyeIsFinal() {
    TestClient client = guestInRoom();
    client.close();

    assertThat(presenceTypes()).containsExactly("", "unavailable");
    assertThat(client.closed()).isTrue();
  }

  @Test
  void aPageThatGoesAwayIsGoneAtOnce() {
    TestClient client = guestInRoom();
    client.goAway();

    assertThat(presenceTypes()).containsExactly("", "unavailable");
  }

  @Test
  void aClientWithoutStreamManagementIsGoneWithItsConnection() {
    hub.router().register(Jid.of("conference.meet.example"), room::add);
    TestClient client = hub.connect().authenticate(TestHub.DOMAIN).bind();
    client.send("<presence to='" + ROOM + "'/>");
    client.lose();

    assertThat(presenceTypes()).containsExactly("", "unavailable");
  }

  @Test
  void aConnectionOnWhichNobodyAnswersIsTakenForLost() {
    TestClient client = guestInRoom();
    client.stopAcknowledging();
    client.advance(Duration.ofSeconds(50));
    assertThat(client.closed()).isTrue();
    assertThat(hub.hub().status().hibernating()).isEqualTo(1);
    client.advance(Duration.ofSeconds(20));

    assertThat(presenceTypes()).containsExactly("", "unavailable");
  }

  @Test
  void aQuietClientThatAnswersStays() {
    TestClient client = guestInRoom();
    for (int i = 0; i < 100; i++) {
      client.advance(Duration.ofSeconds(5));
    }
    assertThat(client.closed()).isFalse();
    assertThat(presenceTypes()).containsExactly("");
  }

  @Test
  void acknowledgingMoreThanWasSentEndsTheStream() {
    TestClient client = hub.guest();
    client.send("<a xmlns='urn:xmpp:sm:3' h='5'/>");

    assertThat(client.takeStreamError()).isEqualTo("undefined-condition");
  }

  @Test
  void anAcknowledgementThatIsNoNumberEndsTheStream() {
    TestClient client = hub.guest();
    client.send("<a xmlns='urn:xmpp:sm:3' h='many'/>");

    assertThat(client.takeStreamError()).isEqualTo("undefined-condition");
  }

  @Test
  void aLostClientForWhomTooMuchWaitsIsGivenUp() {
    TestClient lost = guestInRoom();
    lost.lose();
    int limit = TestHub.settings().limits().unacknowledged();
    for (int i = 0; i <= limit; i++) {
      tell(lost, "x");
    }

    assertThat(presenceTypes()).containsExactly("", "unavailable");
  }

  @Test
  void aRequestToALostClientThatNeverReturnsIsAnswered() {
    List<Element> service = new ArrayList<>();
    hub.router().register(Jid.of("focus.meet.example"), service::add);
    TestClient lost = hub.guest();
    lost.lose();
    hub.router()
        .route(
            Element.of("iq", "jabber:client")
                .set("type", "get")
                .set("id", "1")
                .set("from", "focus.meet.example")
                .set("to", lost.jid().toString())
                .add(Element.of("ping", "urn:xmpp:ping"))
                .build());
    lost.advance(Duration.ofMinutes(1));

    assertThat(service).hasSize(1);
    assertThat(service.get(0).attribute("type")).isEqualTo("error");
  }

  @Test
  void enablingTwiceAndEnablingBeforeBindingFail() {
    TestClient early = hub.connect().authenticate(TestHub.DOMAIN);
    early.send("<enable xmlns='urn:xmpp:sm:3'/>");
    assertThat(early.take("failed")).isNotNull();
    early.bind();
    early.enable();
    early.send("<enable xmlns='urn:xmpp:sm:3'/>");
    assertThat(early.take("failed")).isNotNull();
  }
}
