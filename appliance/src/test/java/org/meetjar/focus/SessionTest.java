package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;

/** Sessions begin, break, begin again and end. */
class SessionTest {
  private final FocusHarness harness = new FocusHarness(Policy.OPEN);
  private final FakeClient alice = harness.join("aaaa1111");
  private final FakeClient bob = harness.join("bbbb2222");

  private void bothAccept() {
    alice.accept(100);
    bob.accept(200);
  }

  @Test
  void aRestartBringsANewSessionAndANewEndpoint() {
    bothAccept();
    String sid = alice.lastOffer().attribute("sid");
    String bridgeSession = alice.bridgeSession();

    assertThat(restart(alice).attribute("type")).isEqualTo("result");

    assertThat(alice.jingles("session-terminate")).isEmpty();
    assertThat(alice.jingles("session-initiate")).hasSize(2);
    assertThat(alice.lastOffer().attribute("sid")).isNotEqualTo(sid);
    assertThat(alice.bridgeSession()).isNotEqualTo(bridgeSession);
    assertThat(harness.colibri.about("aaaa1111"))
        .extracting(EndpointModify::create, EndpointModify::expire)
        .containsExactly(
            tuple(true, false), tuple(false, false), tuple(false, true), tuple(true, false));
    assertThat(bob.jingles("source-remove")).hasSize(1);
    assertThat(alice.lastOffer().childText("json-message", Namespaces.JITSI_MEET))
        .contains("bbbb2222");
    assertThat(alice.accept(100).attribute("type")).isEqualTo("result");
    assertThat(bob.jingles("source-add")).hasSize(2);
  }

  @Test
  void restartsAreFiveSecondsApart() {
    bothAccept();
    restart(alice);
    harness.advance(Duration.ofSeconds(4));
    alice.accept(110);

    assertThat(Stanzas.condition(restart(alice))).isEqualTo("resource-constraint");
    assertThat(alice.jingles("session-initiate")).hasSize(2);
  }

  @Test
  void thereAreFiveRestartsInAMinute() {
    bothAccept();
    for (int i = 0; i < 5; i++) {
      assertThat(restart(alice).attribute("type")).isEqualTo("result");
      harness.advance(Duration.ofSeconds(5));
      alice.accept(1000 + 100 * i);
    }

    assertThat(Stanzas.condition(restart(alice))).isEqualTo("resource-constraint");
  }

  @Test
  void aComplaintOfAnEarlierBridgeSessionIsNotHeard() {
    bothAccept();
    Element answer =
        alice.jingle(
            "session-terminate",
            "<bridge-session xmlns='" + Namespaces.FOCUS + "' id='old' restart='true'/>");

    assertThat(Stanzas.condition(answer)).isEqualTo("item-not-found");
    assertThat(alice.jingles("session-initiate")).hasSize(1);
  }

  @Test
  void aFailedConnectionIsReplaced() {
    bothAccept();
    Element answer =
        alice.jingle(
            "session-info",
            "<bridge-session xmlns='"
                + Namespaces.FOCUS
                + "' id='"
                + alice.bridgeSession()
                + "' ice-restart='true'/>");

    assertThat(answer.attribute("type")).isEqualTo("result");
    assertThat(alice.jingles("session-terminate")).hasSize(1);
    assertThat(alice.jingles("session-initiate")).hasSize(2);
  }

  @Test
  void theOldWordForAFailedConnectionIsUnderstood() {
    bothAccept();
    alice.jingle(
        "session-info",
        "<ice-state xmlns='"
            + Namespaces.FOCUS
            + "'>failed</ice-state><bridge-session xmlns='"
            + Namespaces.FOCUS
            + "' id='"
            + alice.bridgeSession()
            + "'/>");

    assertThat(alice.jingles("session-initiate")).hasSize(2);
  }

  @Test
  void whoEndsItsSessionIsNotInvitedAgain() {
    bothAccept();
    alice.jingle("session-terminate", "<reason><success/></reason>");
    harness.join("cccc3333");

    assertThat(alice.jingles("session-initiate")).hasSize(1);
    assertThat(bob.jingles("source-remove")).hasSize(1);
  }

  @Test
  void aSessionThatIsNotKnownIsRefused() {
    bothAccept();
    Element answer =
        alice.ask(
            TestXml.of(
                "<jingle xmlns='" + Namespaces.JINGLE + "' action='source-add' sid='other'/>"));

    assertThat(Stanzas.condition(answer)).isEqualTo("item-not-found");
    assertThat(
            answer
                .child("error", "jabber:client")
                .orElseThrow()
                .child("unknown-session", Namespaces.JINGLE_ERRORS))
        .isPresent();
  }

  @Test
  void transportInfoReachesTheBridge() {
    bothAccept();
    alice.jingle(
        "transport-info",
        "<content creator='initiator' name='audio'>"
            + FakeClient.TRANSPORT.replace("'cu'", "'new'")
            + "</content>");

    assertThat(harness.colibri.about("aaaa1111"))
        .last()
        .satisfies(update -> assertThat(update.transport().orElseThrow().ufrag()).isEqualTo("new"));
  }

  @Test
  void whoIsAloneLosesTheSessionAfterAWhile() {
    bothAccept();
    bob.leave();
    harness.advance(Duration.ofSeconds(19));
    assertThat(alice.jingles("session-terminate")).isEmpty();
    harness.advance(Duration.ofSeconds(1));

    assertThat(alice.jingles("session-terminate").get(0).toXml()).contains("<expired/>");
    assertThat(harness.colibri.conferences).isEmpty();

    harness.join("cccc3333");
    assertThat(alice.jingles("session-initiate")).hasSize(2);
    assertThat(harness.colibri.conferences).hasSize(1);
  }

  @Test
  void aReturnInTimeKeepsTheOthersSession() {
    bothAccept();
    bob.leave();
    harness.advance(Duration.ofSeconds(10));
    FakeClient again = harness.join("bbbb2222");
    harness.advance(Duration.ofSeconds(60));

    assertThat(alice.jingles("session-initiate")).hasSize(1);
    assertThat(alice.jingles("session-terminate")).isEmpty();
    assertThat(again.accept(300).attribute("type")).isEqualTo("result");
    assertThat(alice.jingles("source-add")).hasSize(2);
  }

  @Test
  void aClientThatDoesNotAnswerIsInvitedOnceMore() {
    FakeClient dead = new FakeClient(harness, "dddd4444", "d@meet.test/r");
    dead.alive = false;
    dead.enter();
    harness.advance(Duration.ofSeconds(15));
    assertThat(dead.jingles("session-initiate")).hasSize(1);
    harness.advance(Duration.ofSeconds(15));
    assertThat(dead.jingles("session-initiate")).hasSize(2);
    harness.advance(Duration.ofMinutes(5));

    assertThat(dead.jingles("session-initiate")).hasSize(2);
    assertThat(harness.colibri.conferences.values().iterator().next())
        .containsExactly("aaaa1111", "bbbb2222");
  }

  @Test
  void anEndpointThatTheBridgeLostIsMadeAnew() {
    bothAccept();
    harness.colibri.conferences.values().forEach(endpoints -> endpoints.remove("aaaa1111"));
    String screen = FakeClient.source(150, "aaaa1111-v1", "s s1");
    alice.jingle("source-add", FakeClient.content("video", screen, ""));

    assertThat(alice.jingles("session-terminate")).hasSize(1);
    assertThat(alice.jingles("session-initiate")).hasSize(2);
    assertThat(bob.jingles("session-initiate")).hasSize(1);
  }

  @Test
  void aConferenceThatTheBridgeLostIsMadeAnewForAll() {
    bothAccept();
    harness.colibri.conferences.clear();
    harness.join("cccc3333");

    assertThat(harness.colibri.conferences.values())
        .hasSize(1)
        .first()
        .satisfies(
            endpoints -> assertThat(endpoints).containsExactly("aaaa1111", "bbbb2222", "cccc3333"));
    assertThat(alice.jingles("session-initiate")).hasSize(2);
    assertThat(bob.jingles("session-initiate")).hasSize(2);
    assertThat(alice.accept(110).attribute("type")).isEqualTo("result");
  }

  @Test
  void aFullBridgeTurnsAwayTheNewcomerAndNobodyElse() {
    bothAccept();
    harness.colibri.refusal = Optional.of(ColibriError.Reason.OVERLOADED);
    FakeClient carol = harness.join("cccc3333");

    assertThat(carol.jingles("session-initiate")).isEmpty();
    assertThat(carol.jingles("session-terminate").get(0).toXml()).contains("resource-constraint");
    assertThat(alice.jingles("session-terminate")).isEmpty();
    assertThat(lastFocusPresence()).doesNotContain("bridgeNotAvailable");

    harness.colibri.refusal = Optional.empty();
    harness.advance(Duration.ofSeconds(5));
    assertThat(carol.jingles("session-initiate")).hasSize(1);
  }

  @Test
  void everybodyIsToldWhenThereIsNoBridge() {
    FocusHarness other = new FocusHarness(Policy.OPEN);
    other.colibri.refusal = Optional.of(ColibriError.Reason.GRACEFUL_SHUTDOWN);
    FakeClient one = other.join("aaaa1111");
    other.join("bbbb2222");
    assertThat(other.focusPresence.get(other.focusPresence.size() - 1).toXml())
        .contains("bridgeNotAvailable");

    other.colibri.refusal = Optional.empty();
    other.advance(Duration.ofSeconds(10));
    assertThat(one.jingles("session-initiate")).hasSize(1);
    assertThat(other.focusPresence.get(other.focusPresence.size() - 1).toXml())
        .doesNotContain("bridgeNotAvailable")
        .contains("<property key=\"bridge-count\" value=\"1\"/>");
  }

  @Test
  void aBridgeThatDoesNotAnswerIsGivenUpForAWhile() {
    FocusHarness other = new FocusHarness(Policy.OPEN);
    other.colibri.answering = false;
    FakeClient one = other.join("aaaa1111");
    other.join("bbbb2222");
    other.advance(Duration.ofMinutes(1));
    assertThat(other.focusPresence.get(other.focusPresence.size() - 1).toXml())
        .contains("bridgeNotAvailable");

    other.colibri.answering = true;
    other.advance(Duration.ofMinutes(1));
    assertThat(one.jingles("session-initiate")).hasSize(1);
  }

  @Test
  void theKindOfClientIsAskedOncePerKind() {
    String ver = Capabilities.verification(alice.discoInfo());
    String caps = "<c xmlns='" + Namespaces.CAPS + "' hash='sha-1' node='n' ver='" + ver + "'/>";
    FakeClient first = new FakeClient(harness, "cccc3333", "c@meet.test/r");
    first.presenceChildren = caps;
    first.enter();
    FakeClient second = new FakeClient(harness, "dddd4444", "d@meet.test/r");
    second.presenceChildren = caps;
    second.enter();

    assertThat(first.discoRequests).isEqualTo(1);
    assertThat(second.discoRequests).isZero();
    assertThat(second.jingles("session-initiate")).hasSize(1);
  }

  @Test
  void anAnswerThatDoesNotMatchItsHashIsNotUsedForOthers() {
    String caps =
        "<c xmlns='"
            + Namespaces.CAPS
            + "' hash='sha-1' node='n' ver='"
            + Capabilities.verification(alice.discoInfo())
            + "'/>";
    FakeClient liar =
        new FakeClient(harness, "cccc3333", "c@meet.test/r").withFeatures(Features.AUDIO);
    liar.presenceChildren = caps;
    liar.enter();
    FakeClient honest = new FakeClient(harness, "dddd4444", "d@meet.test/r");
    honest.presenceChildren = caps;
    honest.enter();

    assertThat(honest.discoRequests).isEqualTo(1);
    assertThat(honest.lastOffer().toXml()).contains("name=\"video\"");
  }

  private String lastFocusPresence() {
    return harness.focusPresence.get(harness.focusPresence.size() - 1).toXml();
  }

  private static Element restart(FakeClient client) {
    return client.jingle(
        "session-terminate",
        "<reason><connectivity-error/><text>ICE FAILED</text></reason><bridge-session xmlns='"
            + Namespaces.FOCUS
            + "' id='"
            + client.bridgeSession()
            + "' restart='true'/>");
  }
}
