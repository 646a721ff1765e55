package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** Who gets a conference, and who is owner there. */
class ConferenceRequestTest {
  private static final String GUEST = "9f9f9f9f-1@guest.meet.test/r";
  private static final String HOST = "ada@meet.test/r";

  private FocusHarness harness = new FocusHarness(Policy.OPEN);

  @Test
  void theAnswerIsReadyOnceTheRoomIsJoined() {
    Element answer = harness.request("x@meet.test/r", "machine-uid='m'");

    assertThat(harness.isFocusInRoom()).isTrue();
    Element conference = answer.child("conference", Namespaces.FOCUS).orElseThrow();
    assertThat(conference.attributes())
        .containsEntry("ready", "true")
        .containsEntry("room", FocusHarness.ROOM)
        .containsEntry("focusjid", "focus@auth.meet.test")
        .doesNotContainKey("session-id");
    assertThat(conference.children("property", Namespaces.FOCUS).map(Element::attributes))
        .contains(
            Map.of("name", "authentication", "value", "false"),
            Map.of("name", "externalAuth", "value", "false"));
  }

  @Test
  void theAnswerWaitsForTheRoom() {
    harness.roomsWork = false;
    assertThat(harness.request("x@meet.test/r", "machine-uid='m'")).isNull();

    harness.advance(Duration.ofSeconds(15));
    assertThat(Stanzas.condition(harness.outside.get(0))).isEqualTo("service-unavailable");
    assertThat(harness.focus.debugState()).containsEntry("conferenceCount", 0);
  }

  @Test
  void anotherPolicyHoldsForTheNextRequest() {
    harness.policy = Policy.MEMBERS;
    Element refused = harness.request(GUEST, "machine-uid='m'");
    assertThat(Stanzas.condition(refused)).isEqualTo("not-authorized");

    harness.policy = Policy.OPEN;
    assertThat(harness.request(GUEST, "machine-uid='m'").attribute("type")).isEqualTo("result");
  }

  @Test
  void whileDrainingMeetingsGoOnAndNoneBegins() {
    harness.focus.drain(true);
    Element refused = harness.request("x@meet.test/r", "machine-uid='m'");
    assertThat(Stanzas.condition(refused)).isEqualTo("resource-constraint");

    harness.focus.drain(false);
    assertThat(harness.request("x@meet.test/r", "machine-uid='m'").attribute("type"))
        .isEqualTo("result");
    harness.focus.drain(true);
    assertThat(harness.request("y@meet.test/r", "machine-uid='n'").attribute("type"))
        .as("one that runs")
        .isEqualTo("result");
  }

  @Test
  void whileTheServerIsFullMeetingsGoOnAndNoneBegins() {
    AtomicBoolean full = new AtomicBoolean(true);
    harness.focus.turnAwayWhile(full::get);
    Element refused = harness.request("x@meet.test/r", "machine-uid='m'");
    assertThat(Stanzas.condition(refused)).isEqualTo("resource-constraint");
    assertThat(refused.toXml()).contains("<server-full xmlns=\"urn:meetjar:admission\"/>");

    full.set(false);
    assertThat(harness.request("x@meet.test/r", "machine-uid='m'").attribute("type"))
        .isEqualTo("result");
    full.set(true);
    assertThat(harness.request("y@meet.test/r", "machine-uid='n'").attribute("type"))
        .as("one that runs")
        .isEqualTo("result");
  }

  @Test
  void theAccountAddressTakesRequestsToo() {
    Element answer =
        harness.ask(
            "x@meet.test/r",
            "focus@auth.meet.test",
            TestXml.of(
                "<conference xmlns='" + Namespaces.FOCUS + "' room='" + FocusHarness.ROOM + "'/>"));

    assertThat(answer.attribute("type")).isEqualTo("result");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "conference.meet.test",
        "tea@meet.test",
        "tea@conference.other.test",
        "tea@conference.meet.test/nick",
        "a@b@conference.meet.test"
      })
  void whatIsNoRoomIsRefused(String room) {
    Element answer =
        harness.ask(
            "x@meet.test/r",
            "focus.meet.test",
            Element.of("conference", Namespaces.FOCUS).set("room", room).build());

    assertThat(Stanzas.condition(answer)).isEqualTo("bad-request");
  }

  @Test
  void tenantsHaveRoomsOfTheirOwn() {
    assertThat(new FocusAddresses("meet.test").isRoom(Jid.of("tea@conference.acme.meet.test")))
        .isTrue();
  }

  @Test
  void thereAreOnlySoManyConferences() {
    harness = new FocusHarness(Policy.OPEN, "focus.max-conferences = 0");

    assertThat(Stanzas.condition(harness.request("x@meet.test/r", "machine-uid='m'")))
        .isEqualTo("resource-constraint");
  }

  @Test
  void oneAddressAsksOnlySoOften() {
    for (int i = 0; i < 10; i++) {
      assertThat(harness.request("x@meet.test/r", "").attribute("type")).isEqualTo("result");
    }
    assertThat(Stanzas.condition(harness.request("x@meet.test/r", "")))
        .isEqualTo("resource-constraint");
    assertThat(harness.request("y@meet.test/r", "").attribute("type")).isEqualTo("result");

    harness.advance(Duration.ofSeconds(1));
    assertThat(harness.request("x@meet.test/r", "").attribute("type")).isEqualTo("result");
  }

  @Test
  void guestsWaitForAHostAndFollow() {
    harness = new FocusHarness(Policy.HOSTS);
    Element refused = harness.request(GUEST, "machine-uid='m'");
    assertThat(Stanzas.condition(refused)).isEqualTo("not-authorized");
    assertThat(harness.isFocusInRoom()).isFalse();

    Element host = harness.request(HOST, "machine-uid='m1'");
    assertThat(conference(host).attribute("ready")).isEqualTo("true");
    assertThat(conference(host).attribute("identity")).isEqualTo("ada@meet.test");
    assertThat(conference(host).toXml()).contains("name=\"authentication\" value=\"true\"");

    Element admitted = harness.request(GUEST, "machine-uid='m'");
    assertThat(conference(admitted).attribute("ready")).isEqualTo("true");
    assertThat(conference(admitted).has("session-id")).isFalse();
  }

  @Test
  void aGuestWhoSignsInOnAnotherConnectionBecomesOwner() {
    harness = new FocusHarness(Policy.HOSTS);
    harness.request(HOST, "machine-uid='m1'");
    FakeClient guest = new FakeClient(harness, "9f9f9f9f", GUEST).enter();
    assertThat(guest.affiliation).isEqualTo("none");

    String session =
        conference(harness.request("bob@meet.test/login", "machine-uid='m2'"))
            .attribute("session-id");
    assertThat(session).isNotEmpty();
    Element answer = harness.request(GUEST, "machine-uid='m2' session-id='" + session + "'");

    assertThat(conference(answer).attribute("session-id")).isEqualTo(session);
    assertThat(conference(answer).attribute("identity")).isEqualTo("bob@meet.test");
    assertThat(guest.affiliation).isEqualTo("owner");
  }

  @Test
  void withHostsOnlyTheyAreOwners() {
    harness = new FocusHarness(Policy.HOSTS);
    harness.request(HOST, "machine-uid='m1'");
    FakeClient guest = new FakeClient(harness, "9f9f9f9f", GUEST).enter();
    FakeClient host = new FakeClient(harness, "eeee5555", HOST).enter();

    assertThat(guest.affiliation).isEqualTo("none");
    assertThat(host.affiliation).isEqualTo("owner");
    host.leave();
    assertThat(guest.affiliation).isEqualTo("none");
  }

  @Test
  void aLoginIsOfOneMachine() {
    harness = new FocusHarness(Policy.HOSTS);
    String session = conference(harness.request(HOST, "machine-uid='m1'")).attribute("session-id");

    assertThat(
            Stanzas.condition(
                harness.request(GUEST, "machine-uid='m2' session-id='" + session + "'")))
        .isEqualTo("not-acceptable");
  }

  @Test
  void aLoginNeedsAMachine() {
    harness = new FocusHarness(Policy.HOSTS);

    assertThat(Stanzas.condition(harness.request(HOST, ""))).isEqualTo("not-acceptable");
  }

  @Test
  void anUnknownLoginIsToBeForgotten() {
    harness = new FocusHarness(Policy.HOSTS);
    Element answer = harness.request(GUEST, "machine-uid='m' session-id='gone'");

    assertThat(Stanzas.condition(answer)).isEqualTo("not-acceptable");
    assertThat(answer.toXml()).contains("session-invalid");
  }

  @Test
  void aLoginEndsAfterADayOrByLogout() {
    harness = new FocusHarness(Policy.HOSTS);
    String session = conference(harness.request(HOST, "machine-uid='m1'")).attribute("session-id");
    harness.advance(Duration.ofHours(25));
    assertThat(harness.request(GUEST, "machine-uid='m1' session-id='" + session + "'").toXml())
        .contains("session-invalid");

    session = conference(harness.request(HOST, "machine-uid='m1'")).attribute("session-id");
    Element logout =
        harness.ask(
            GUEST,
            "focus.meet.test",
            Element.of("logout", Namespaces.FOCUS).set("session-id", session).build());
    assertThat(logout.attribute("type")).isEqualTo("result");
    assertThat(harness.request(GUEST, "machine-uid='m1' session-id='" + session + "'").toXml())
        .contains("session-invalid");
  }

  @Test
  void theLoginPageIsTheRoomsOwn() {
    harness = new FocusHarness(Policy.HOSTS);
    Element answer =
        harness.ask(
            GUEST,
            "focus.meet.test",
            Element.of("login-url", Namespaces.FOCUS)
                .set("room", FocusHarness.ROOM)
                .set("machine-uid", "m")
                .build());

    assertThat(answer.child("login-url", Namespaces.FOCUS).orElseThrow().attribute("url"))
        .isEqualTo("./tea?login=true");
  }

  @Test
  void membersOnlyMeansMembersOnly() {
    harness = new FocusHarness(Policy.MEMBERS);
    harness.request(HOST, "machine-uid='m1'");

    assertThat(Stanzas.condition(harness.request(GUEST, "machine-uid='m'")))
        .isEqualTo("not-authorized");
    FakeClient first = new FakeClient(harness, "eeee5555", HOST).enter();
    FakeClient second = new FakeClient(harness, "ffff6666", "bob@meet.test/r").enter();
    assertThat(first.affiliation).isEqualTo("owner");
    assertThat(second.affiliation).isEqualTo("none");
  }

  @Test
  void requestsMayComeByAnotherWay() {
    assertThat(answer())
        .isInstanceOfSatisfying(
            ConferenceAnswer.Accepted.class, accepted -> assertThat(accepted.ready()).isTrue());

    harness = new FocusHarness(Policy.HOSTS);
    assertThat(answer())
        .isInstanceOfSatisfying(
            ConferenceAnswer.Refused.class,
            refused -> assertThat(refused.condition()).isEqualTo("not-authorized"));
  }

  /** How the focus answers somebody who does not ask by XMPP. */
  private ConferenceAnswer answer() {
    List<ConferenceAnswer> answers = new ArrayList<>();
    harness.focus.request(
        new ConferenceRequest(Optional.empty(), FocusHarness.ROOM, "m", "", Map.of()),
        answers::add);
    harness.loop.run();
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private static Element conference(Element answer) {
    return answer.child("conference", Namespaces.FOCUS).orElseThrow();
  }
}
