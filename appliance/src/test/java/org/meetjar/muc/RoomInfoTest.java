package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.error;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

class RoomInfoTest extends MucHarness {

  private static Element info(RoomClient client, String of) {
    return client
        .request("get", of, Element.of("query", Ns.DISCO_INFO))
        .child("query", Ns.DISCO_INFO)
        .orElseThrow();
  }

  private static List<String> features(Element query) {
    return query
        .children("feature", Ns.DISCO_INFO)
        .map(feature -> feature.attribute("var"))
        .toList();
  }

  private static Map<String, String> form(Element query) {
    return DataForm.values(query.child("x", Ns.DATA).orElseThrow());
  }

  @Test
  void theServiceSaysThatItHasRooms() {
    Element query = info(ada, "conference.meet.example");
    assertThat(features(query)).contains("http://jabber.org/protocol/muc");
    Element identity = query.child("identity", Ns.DISCO_INFO).orElseThrow();
    assertThat(identity.attribute("category")).isEqualTo("conference");
    assertThat(identity.attribute("type")).isEqualTo("text");
  }

  @Test
  void theServiceListsNoRooms() {
    meeting();
    Element answer =
        eve.request("get", "conference.meet.example", Element.of("query", Ns.DISCO_ITEMS));
    assertThat(answer.child("query", Ns.DISCO_ITEMS).orElseThrow().children()).isEmpty();
  }

  @Test
  void theServiceAnswersPings() {
    assertThat(
            ada.request("get", "conference.meet.example", Element.of("ping", Ns.PING))
                .attribute("type"))
        .isEqualTo("result");
    assertThat(error(ada.request("set", "conference.meet.example", Element.of("query", "x:y"))))
        .isEqualTo("cancel/service-unavailable");
  }

  @Test
  void anOccupantLearnsOfTheMeeting() {
    meeting();
    Element query = info(bob, ROOM);
    assertThat(features(query))
        .contains("http://jabber.org/protocol/muc", "muc_open", "muc_unsecured", "muc_nonanonymous")
        .doesNotContain("muc_membersonly", "muc_passwordprotected");
    assertThat(form(query))
        .containsEntry("FORM_TYPE", "http://jabber.org/protocol/muc#roominfo")
        .containsEntry("muc#roominfo_meetingId", room().meetingId())
        .containsEntry("muc#roominfo_created_timestamp", Long.toString(room().createdMillis()))
        .containsEntry("muc#roominfo_isbreakout", "0");
  }

  @Test
  void featuresFollowTheSetup() {
    meeting();
    ada.configure(
        ROOM,
        "muc#roomconfig_roomsecret",
        "s3cret",
        "muc#roomconfig_passwordprotectedroom",
        "1",
        "muc#roomconfig_membersonly",
        "1");
    assertThat(features(info(ada, ROOM))).contains("muc_membersonly", "muc_passwordprotected");
  }

  @Test
  void aStrangerLearnsOnlyHowToEnter() {
    meeting();
    Element query = info(eve, ROOM);
    assertThat(features(query)).contains("muc_open");
    assertThat(form(query)).containsOnlyKeys("FORM_TYPE");
    Element items = eve.request("get", ROOM, Element.of("query", Ns.DISCO_ITEMS));
    assertThat(items.firstChild().orElseThrow().children()).isEmpty();
    assertThat(error(eve.request("get", ROOM, Element.of("ping", Ns.PING))))
        .isEqualTo("modify/not-acceptable");
  }

  @Test
  void anOccupantListsTheOthers() {
    meeting();
    Element items = ada.request("get", ROOM, Element.of("query", Ns.DISCO_ITEMS));
    assertThat(items.firstChild().orElseThrow().children().map(item -> item.attribute("jid")))
        .containsExactly(FOCUS, ADA, BOB);
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    assertThat(error(ada.request("get", ROOM, Element.of("query", Ns.DISCO_INFO))))
        .isEqualTo("cancel/item-not-found");
    ada.say(ROOM, "m1", "hello");
    assertThat(error(ada.takeOne())).isEqualTo("cancel/item-not-found");
  }

  @Test
  void everyTenantHasRoomsOfItsOwn() {
    String tenants = "room@conference.acme.meet.example";
    focus.in(FOCUS);
    focus.in(tenants + "/focus");
    ada.join(tenants + "/aaaa1111");
    assertThat(ada.take().stream().map(stanza -> stanza.attribute("from")))
        .containsExactly(tenants + "/focus", tenants + "/aaaa1111", tenants);
    assertThat(room().occupants()).hasSize(1);
    assertThat(features(info(ada, "conference.acme.meet.example"))).contains(Ns.MUC);
    assertThat(muc.roomOf(ada.jid()).orElseThrow().jid()).isEqualTo(Jid.of(tenants));
  }

  @Test
  void onlyRoomDomainsAreAnswered() {
    assertThat(router.answersFor("conference.meet.example")).isTrue();
    assertThat(router.answersFor("conference.a_b.meet.example")).isTrue();
    assertThat(router.answersFor("conference.a.b.meet.example")).isFalse();
    assertThat(router.answersFor("conference..meet.example")).isFalse();
    assertThat(router.answersFor("meet.example")).isFalse();
    assertThat(router.answersFor("focus.meet.example")).isFalse();
    assertThat(router.answersFor("conference.xmeet.example")).isFalse();
    assertThat(router.answersFor("conference.other.example")).isFalse();
  }

  @Test
  void theStateOfARoomCanBeRead() {
    meeting();
    assertThat(room().describe())
        .containsEntry("room", ROOM)
        .containsEntry("membersOnly", false)
        .extractingByKey("occupants")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(3);
  }
}
