package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;

/** The focus in its room: presence, owners, muting, and when it leaves. */
class RoomTest {
  private final FocusHarness harness = new FocusHarness(Policy.OPEN);

  @Test
  void theFirstBecomesOwnerAndAfterItTheNext() {
    FakeClient alice = harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");
    assertThat(alice.affiliation).isEqualTo("owner");
    assertThat(bob.affiliation).isEqualTo("none");

    alice.leave();
    assertThat(bob.affiliation).isEqualTo("owner");
  }

  @Test
  void nobodyIsElectedWhileAnotherOwnerIsThere() {
    FakeClient alice = harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");
    FakeClient carol = harness.join("cccc3333");
    carol.become("owner");
    harness.loop.run();
    alice.leave();

    assertThat(bob.affiliation).isEqualTo("none");
  }

  @Test
  void aRecorderIsNotElected() {
    harness.request("x@meet.test/r", "machine-uid='m'");
    FakeClient recorder = new FakeClient(harness, "rrrr0000", "rec@recorder.meet.test/r").enter();
    FakeClient alice = harness.join("aaaa1111");

    assertThat(recorder.affiliation).isEqualTo("none");
    assertThat(alice.affiliation).isEqualTo("owner");
  }

  @Test
  void itsPresenceTellsWhatItCan() {
    harness.join("aaaa1111");
    harness.join("bbbb2222");

    Element first = harness.focusPresence.get(0);
    assertThat(first.child("x", Namespaces.MUC)).isPresent();
    assertThat(first.child("c", Namespaces.CAPS)).isPresent();
    String properties =
        first.child("conference-properties", Namespaces.FOCUS).orElseThrow().toXml();
    assertThat(properties)
        .contains("key=\"support-session-restart\" value=\"true\"", "key=\"created-ms\"");
    assertThat(
            first
                .child("versions", Namespaces.JITSI_MEET)
                .orElseThrow()
                .child("component", Namespaces.JITSI_MEET)
                .orElseThrow()
                .text())
        .isEqualTo("test");
    assertThat(harness.focusPresence.get(harness.focusPresence.size() - 1).toXml())
        .contains("key=\"bridge-count\" value=\"1\"");
  }

  @Test
  void itAnswersWhatItIs() {
    FakeClient alice = harness.join("aaaa1111");
    Element answer = alice.ask(Element.of("query", Namespaces.DISCO_INFO).build());

    assertThat(answer.attribute("type")).isEqualTo("result");
    assertThat(answer.toXml()).contains(Features.JSON_SOURCES);
  }

  @Test
  void aModeratorMutesOthers() {
    FakeClient alice = harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");

    assertThat(mute(alice, "bbbb2222", "true").attribute("type")).isEqualTo("result");
    Element mute = bob.requests.get(bob.requests.size() - 1).firstChild().orElseThrow();
    assertThat(mute.is("mute", "http://jitsi.org/jitmeet/audio")).isTrue();
    assertThat(mute.text()).isEqualTo("true");
    assertThat(mute.attribute("actor")).isEqualTo(FocusHarness.ROOM + "/aaaa1111");
  }

  @Test
  void nobodyElseDoes() {
    FakeClient alice = harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");

    assertThat(Stanzas.condition(mute(bob, "aaaa1111", "true"))).isEqualTo("not-allowed");
    assertThat(Stanzas.condition(mute(alice, "bbbb2222", "false"))).isEqualTo("not-allowed");
    assertThat(Stanzas.condition(mute(alice, "nobody00", "true"))).isEqualTo("item-not-found");
    assertThat(mute(bob, "bbbb2222", "true").attribute("type")).isEqualTo("result");
    assertThat(mute(bob, "bbbb2222", "false").attribute("type")).isEqualTo("result");
  }

  @Test
  void theConferenceEndsShortlyAfterTheLastHasLeft() {
    FakeClient alice = harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");
    bob.leave();
    alice.leave();
    assertThat(harness.isFocusInRoom()).isTrue();
    harness.advance(Duration.ofSeconds(5));

    assertThat(harness.isFocusInRoom()).isFalse();
    assertThat(harness.colibri.conferences).isEmpty();
    assertThat(harness.focus.debugState()).containsEntry("conferenceCount", 0);
  }

  @Test
  void whoReloadsThePageFindsItAgain() {
    FakeClient alice = harness.join("aaaa1111");
    alice.leave();
    harness.advance(Duration.ofSeconds(4));
    harness.join("aaaa1112");
    harness.advance(Duration.ofMinutes(5));

    assertThat(harness.isFocusInRoom()).isTrue();
  }

  @Test
  void itWaitsLongerForThoseWhoComeFromABreakoutRoom() {
    FakeClient alice = harness.join("aaaa1111");
    harness.leave(alice, "<status>switch_room</status>");
    harness.advance(Duration.ofSeconds(14));

    assertThat(harness.isFocusInRoom()).isTrue();
  }

  @Test
  void aConferenceThatNobodyEntersEnds() {
    harness.request("x@meet.test/r", "machine-uid='m'");
    assertThat(harness.isFocusInRoom()).isTrue();
    harness.advance(Duration.ofSeconds(15));

    assertThat(harness.isFocusInRoom()).isFalse();
  }

  @Test
  void aDestroyedRoomEndsTheConference() {
    harness.join("aaaa1111");
    harness.join("bbbb2222");
    harness.deliver(
        TestXml.of(
            "<presence xmlns='jabber:client' type='unavailable' from='"
                + FocusHarness.ROOM
                + "/focus' to='"
                + FocusHarness.FOCUS_USER
                + "'><x xmlns='http://jabber.org/protocol/muc#user'><destroy/></x></presence>"));
    harness.loop.run();

    assertThat(harness.colibri.conferences).isEmpty();
    assertThat(harness.focus.debugState()).containsEntry("conferenceCount", 0);
  }

  @Test
  void aClosedFocusLeavesItsRooms() {
    harness.join("aaaa1111");
    harness.focus.close();
    harness.loop.run();

    assertThat(harness.isFocusInRoom()).isFalse();
  }

  @Test
  void itsStateCanBeRead() {
    harness.join("aaaa1111");
    harness.join("bbbb2222");

    assertThat(harness.focus.debugState().toString())
        .contains("tea@conference.meet.test", "aaaa1111", "OFFERED");
  }

  private static Element mute(FakeClient actor, String nick, String value) {
    return actor.ask(
        TestXml.of(
            "<mute xmlns='http://jitsi.org/jitmeet/audio' jid='"
                + FocusHarness.ROOM
                + "/"
                + nick
                + "'>"
                + value
                + "</mute>"));
  }
}
