package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.error;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;

class RoomOwnerTest extends MucHarness {

  private Map<String, String> form(RoomClient client) {
    Element answer = client.request("get", ROOM, Element.of("query", Ns.MUC_OWNER));
    Element query = answer.child("query", Ns.MUC_OWNER).orElseThrow();
    return DataForm.values(query.child("x", Ns.DATA).orElseThrow());
  }

  @Test
  void theFormHasWhatClientsAndFocusLookFor() {
    meeting();
    assertThat(form(ada))
        .containsEntry("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig")
        .containsEntry("muc#roomconfig_whois", "anyone")
        .containsEntry("muc#roomconfig_passwordprotectedroom", "0")
        .containsEntry("muc#roomconfig_membersonly", "0")
        .containsEntry("muc#roominfo_meetingId", room().meetingId())
        .containsKeys(
            "muc#roomconfig_roomsecret",
            "muc#roominfo_isbreakout",
            "muc#roominfo_breakout_main_room",
            "muc#roominfo_conference_presets_service_enabled");
    assertThat(form(focus)).containsKey("muc#roomconfig_whois");
  }

  @Test
  void lockingTellsEverybodyToLookAgain() {
    meeting();
    Element answer =
        ada.configure(
            ROOM,
            "muc#roomconfig_roomsecret",
            "s3cret",
            "muc#roomconfig_passwordprotectedroom",
            "1",
            "muc#roomconfig_whois",
            "anyone");
    assertThat(answer.attribute("type")).isEqualTo("result");
    Element notice = bob.takeOne();
    assertThat(notice.attribute("from")).isEqualTo(ROOM);
    assertThat(notice.attribute("type")).isEqualTo("groupchat");
    assertThat(RoomClient.statuses(notice)).containsExactly("104");
    assertThat(form(ada))
        .containsEntry("muc#roomconfig_roomsecret", "s3cret")
        .containsEntry("muc#roomconfig_passwordprotectedroom", "1");
  }

  @Test
  void unlockingForgetsThePassword() {
    meeting();
    ada.configure(
        ROOM, "muc#roomconfig_roomsecret", "s3cret", "muc#roomconfig_passwordprotectedroom", "1");
    ada.configure(
        ROOM, "muc#roomconfig_roomsecret", "", "muc#roomconfig_passwordprotectedroom", "0");
    eve.join(EVE);
    assertThat(RoomClient.from(eve.take(), EVE)).isPresent();
    assertThat(form(ada)).containsEntry("muc#roomconfig_roomsecret", "");
  }

  @Test
  void whatIsNotInTheFormStaysAsItIs() {
    meeting();
    ada.configure(
        ROOM, "muc#roomconfig_roomsecret", "s3cret", "muc#roomconfig_passwordprotectedroom", "1");
    ada.configure(
        ROOM, "muc#roomconfig_membersonly", "true", "muc#roomconfig_passwordprotectedroom", "1");
    assertThat(form(ada))
        .containsEntry("muc#roomconfig_membersonly", "1")
        .containsEntry("muc#roomconfig_roomsecret", "s3cret");
  }

  @Test
  void nothingChangedIsNotNews() {
    meeting();
    ada.configure(ROOM, "muc#roomconfig_membersonly", "false");
    assertThat(bob.take()).isEmpty();
  }

  @Test
  void onlyOwnersSeeAndSetIt() {
    meeting();
    assertThat(error(bob.request("get", ROOM, Element.of("query", Ns.MUC_OWNER))))
        .isEqualTo("auth/forbidden");
    assertThat(error(bob.configure(ROOM, "muc#roomconfig_membersonly", "1")))
        .isEqualTo("auth/forbidden");
    assertThat(error(eve.configure(ROOM, "muc#roomconfig_membersonly", "1")))
        .isEqualTo("auth/forbidden");
  }

  @Test
  void whatCannotBeIsNotAcceptable() {
    meeting();
    assertThat(error(ada.configure(ROOM, "muc#roomconfig_whois", "moderators")))
        .isEqualTo("modify/not-acceptable");
    assertThat(error(ada.configure(ROOM, "muc#roomconfig_passwordprotectedroom", "1")))
        .isEqualTo("modify/not-acceptable");
    assertThat(error(ada.configure(ROOM, "muc#roomconfig_membersonly", "maybe")))
        .isEqualTo("modify/not-acceptable");
    assertThat(error(ada.configure(ROOM, "muc#roomconfig_roomsecret", "x".repeat(300))))
        .isEqualTo("modify/not-acceptable");
    assertThat(error(ada.request("set", ROOM, Element.of("query", Ns.MUC_OWNER))))
        .isEqualTo("modify/bad-request");
    assertThat(ada.configure(ROOM, "muc#roomconfig_unknown", "1").attribute("type"))
        .isEqualTo("result");
  }

  @Test
  void aCancelledFormChangesNothing() {
    meeting();
    Element answer =
        ada.request(
            "set",
            ROOM,
            Element.of("query", Ns.MUC_OWNER).add(Element.of("x", Ns.DATA).set("type", "cancel")));
    assertThat(answer.attribute("type")).isEqualTo("result");
    assertThat(bob.take()).isEmpty();
  }

  @Test
  void anOwnerDestroysTheRoom() {
    meeting();
    Element answer =
        ada.request(
            "set",
            ROOM,
            Element.of("query", Ns.MUC_OWNER)
                .add(
                    Element.of("destroy", Ns.MUC_OWNER)
                        .set("jid", "other@conference.meet.example")
                        .textChild("reason", "moved")));
    assertThat(answer.attribute("type")).isEqualTo("result");
    Element own = bob.takeOne();
    assertThat(own.attribute("from")).isEqualTo(BOB);
    assertThat(own.attribute("type")).isEqualTo("unavailable");
    Element destroy = RoomClient.user(own).child("destroy", Ns.MUC_USER).orElseThrow();
    assertThat(destroy.attribute("jid")).isEqualTo("other@conference.meet.example");
    assertThat(destroy.childText("reason", Ns.MUC_USER)).isEqualTo("moved");
    assertThat(focus.take()).hasSize(1);
    assertThat(muc.rooms()).isEmpty();
    assertThat(muc.roomOf(ada.jid())).isEmpty();
  }
}
