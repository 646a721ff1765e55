package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.error;
import static org.meetjar.muc.RoomClient.errorText;
import static org.meetjar.muc.RoomClient.item;
import static org.meetjar.muc.RoomClient.statuses;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.config.MucSettings;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

class JoiningTest extends MucHarness {
  @Override
  MucSettings settings() {
    MucSettings defaults = super.settings();
    return new MucSettings(
        2,
        4,
        3,
        defaults.affiliations(),
        2,
        defaults.waitingTime(),
        defaults.historyMessages(),
        defaults.historyBytes(),
        defaults.presenceBytes(),
        defaults.messageBytes(),
        defaults.presences(),
        defaults.messages(),
        defaults.direct());
  }

  @Test
  void onlyTheFocusCreatesRooms() {
    ada.join(ADA);
    Element refused = ada.takeOne();
    assertThat(error(refused)).isEqualTo("cancel/not-allowed");
    assertThat(errorText(refused)).isEqualTo("Room creation is restricted");
    assertThat(refused.attribute("from")).isEqualTo(ADA);
    assertThat(muc.rooms()).isEmpty();

    focus.join(FOCUS);
    assertThat(muc.room(Jid.of(ROOM))).isPresent();
    Element self = focus.take().get(0);
    assertThat(self.attribute("from")).isEqualTo(FOCUS);
    assertThat(item(self).attribute("affiliation")).isEqualTo("owner");
    assertThat(item(self).attribute("role")).isEqualTo("moderator");
  }

  @Test
  void aNewcomerGetsTheOthersThenItselfThenTheSubject() {
    focus.in(FOCUS, nick("the focus"));
    ada.in(ADA, nick("Ada"));
    bob.join(BOB, nick("Bob"));

    List<Element> got = bob.take();
    assertThat(got.stream().map(stanza -> stanza.name() + " " + stanza.attribute("from")))
        .containsExactly(
            "presence " + FOCUS, "presence " + ADA, "presence " + BOB, "message " + ROOM);
    assertThat(item(got.get(0)).attribute("jid")).isEqualTo("focus@auth.meet.example/focus");
    assertThat(got.get(1).childText("nick", "http://jabber.org/protocol/nick")).isEqualTo("Ada");
    assertThat(item(got.get(1)).attribute("jid")).isEqualTo(ada.jid().toString());
    assertThat(statuses(got.get(1))).isEmpty();
    assertThat(statuses(got.get(2))).containsExactly("100", "110");
    assertThat(got.get(3).child("subject", Ns.CLIENT)).isPresent();
    assertThat(got.get(3).attribute("type")).isEqualTo("groupchat");
  }

  @Test
  void theOthersHearOfANewcomerWithItsRealAddress() {
    focus.in(FOCUS);
    ada.in(ADA);
    bob.join(BOB, nick("Bob"));

    Element seen = ada.takeOne();
    assertThat(seen.attribute("from")).isEqualTo(BOB);
    assertThat(item(seen).attributes())
        .containsEntry("jid", bob.jid().toString())
        .containsEntry("affiliation", "none")
        .containsEntry("role", "participant");
    assertThat(statuses(seen)).isEmpty();
    assertThat(seen.childText("nick", "http://jabber.org/protocol/nick")).isEqualTo("Bob");
  }

  @Test
  void theSelfPresenceCarriesTheIdOfTheJoin() {
    focus.in(FOCUS);
    ada.send(RoomClient.presence(ADA).set("id", "j1").add(RoomClient.muc()));
    Element self = RoomClient.from(ada.take(), ADA).orElseThrow();
    assertThat(self.attribute("id")).isEqualTo("j1");
  }

  @Test
  void thoseWhoComeBeforeTheFocusWaitForIt() {
    meeting();
    focus.leave(FOCUS);
    forgetAll();

    eve.join(EVE);
    assertThat(eve.take()).isEmpty();

    focus.join(FOCUS);
    assertThat(eve.take().stream().map(stanza -> stanza.attribute("from")))
        .containsExactly(ADA, BOB, FOCUS, EVE, ROOM);
  }

  @Test
  void noMoreThanTheSetNumberWait() {
    meeting();
    focus.leave(FOCUS);
    forgetAll();
    client("c1@meet.example/r").join(ROOM + "/c1");
    client("c2@meet.example/r").join(ROOM + "/c2");
    eve.join(EVE);
    assertThat(error(eve.takeOne())).isEqualTo("wait/resource-constraint");
  }

  @Test
  void whoWaitsTooLongIsSentBackToTheFocus() {
    meeting();
    focus.leave(FOCUS);
    eve.join(EVE);
    loop.advance(settings().waitingTime().plusMillis(1));
    assertThat(errorText(eve.takeOne())).isEqualTo("Room creation is restricted");

    focus.join(FOCUS);
    assertThat(eve.take()).isEmpty();
  }

  @Test
  void whoWaitsAndGoesIsForgotten() {
    meeting();
    focus.leave(FOCUS);
    eve.join(EVE);
    eve.leave(EVE);
    focus.join(FOCUS);
    loop.advance(Duration.ofMinutes(1));
    assertThat(eve.take()).isEmpty();
    assertThat(room().occupant("eeee3333")).isEmpty();
  }

  @Test
  void thoseWhoWaitAreSentBackWhenTheRoomCloses() {
    meeting();
    focus.leave(FOCUS);
    eve.join(EVE);
    ada.leave(ADA);
    bob.leave(BOB);
    assertThat(error(eve.takeOne())).isEqualTo("cancel/not-allowed");
    assertThat(muc.rooms()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_a", "a-b", "a.b", "ä", "a b", "😀"})
  void aNickOutsideTheRulesIsRefused(String nick) {
    focus.in(FOCUS);
    ada.join(ROOM + "/" + nick);
    assertThat(error(ada.takeOne())).isEqualTo("modify/jid-malformed");
  }

  @Test
  void aNickIsNeeded() {
    focus.in(FOCUS);
    ada.join(ROOM);
    assertThat(error(ada.takeOne())).isEqualTo("modify/jid-malformed");
  }

  @Test
  void aNickHasABoundedLength() {
    focus.in(FOCUS);
    ada.join(ROOM + "/" + "a".repeat(65));
    assertThat(error(ada.takeOne())).isEqualTo("modify/jid-malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"focus", "Focus", "jvb"})
  void theNamesOfFocusAndBridgeAreReserved(String nick) {
    focus.in(ROOM + "/other");
    focus.leave(ROOM + "/other");
    focus.in(FOCUS);
    ada.join(ROOM + "/" + nick);
    assertThat(error(ada.takeOne())).isEqualTo("cancel/conflict");
  }

  @Test
  void aNickThatIsTakenIsAConflict() {
    meeting();
    eve.join(BOB);
    assertThat(error(eve.takeOne())).isEqualTo("cancel/conflict");
    assertThat(bob.take()).isEmpty();
  }

  @Test
  void aNickCannotBeChanged() {
    meeting();
    bob.send(RoomClient.presence(ROOM + "/another"));
    assertThat(error(bob.takeOne())).isEqualTo("modify/not-acceptable");
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void aSessionThatJoinsAgainGetsEverythingAgain() {
    meeting();
    bob.join(BOB, nick("Bob again"));
    assertThat(bob.take().stream().map(stanza -> stanza.attribute("from")))
        .containsExactly(FOCUS, ADA, BOB, ROOM);
    assertThat(ada.takeOne().childText("nick", "http://jabber.org/protocol/nick"))
        .isEqualTo("Bob again");
    assertThat(room().occupants()).hasSize(3);
  }

  @Test
  void anAccountThatComesBackUnderItsNickReplacesItsOldSession() {
    focus.in(FOCUS);
    ada.in(ADA);
    RoomClient phone = client("carol@meet.example/phone").in(ROOM + "/carol");
    forgetAll();
    RoomClient again = client("carol@meet.example/laptop");
    again.join(ROOM + "/carol");

    assertThat(statuses(phone.take().get(0))).containsExactly("110");
    assertThat(again.take().stream().map(stanza -> stanza.attribute("from")))
        .containsExactly(FOCUS, ADA, ROOM + "/carol", ROOM);
    assertThat(ada.take().stream().map(stanza -> stanza.attribute("type")))
        .containsExactly("unavailable", "");
  }

  @Test
  void aFocusThatComesBackWhileItIsAloneKeepsTheRoom() {
    focus.in(FOCUS);
    String meetingId = room().meetingId();
    RoomClient restarted = client("focus@auth.meet.example/another");
    restarted.in(FOCUS);
    assertThat(room().meetingId()).isEqualTo(meetingId);
    assertThat(room().occupants()).hasSize(1);
  }

  @Test
  void presenceWithoutTheExtensionIsNoJoin() {
    focus.in(FOCUS);
    ada.send(RoomClient.presence(ADA));
    assertThat(error(ada.takeOne())).isEqualTo("modify/not-acceptable");
  }

  @Test
  void aFullRoomTakesNobodyButTheFocus() {
    meeting();
    focus.leave(FOCUS);
    focus.in(FOCUS);
    client("c@meet.example/r").in(ROOM + "/cccc");
    eve.join(EVE);
    assertThat(error(eve.takeOne())).isEqualTo("cancel/service-unavailable");
    assertThat(room().occupants()).hasSize(4);
  }

  @Test
  void aFullServerSaysSoAndNobodyInsideIsHurt() {
    meeting();
    String other = "other@conference.meet.example";
    client("focus@auth.meet.example/focus").in(other + "/focus");
    RoomClient carol = client("c@meet.example/r").in(other + "/cccc");
    RoomClient dave = client("d@meet.example/r").in(other + "/dddd");
    forgetAll();

    eve.join(EVE);
    Element refused = eve.takeOne();
    assertThat(error(refused)).isEqualTo("cancel/service-unavailable");
    assertThat(errorText(refused)).isEqualTo("The server is full");
    assertThat(refused.child("error", Ns.CLIENT).orElseThrow().child("server-full", Ns.ADMISSION))
        .isPresent();
    assertThat(muc.turnedAway()).isEqualTo(1);
    assertThat(ada.take()).isEmpty();
    assertThat(room().occupants()).hasSize(3);

    dave.leave(other + "/dddd");
    eve.join(EVE);
    assertThat(room().occupants()).hasSize(4);
    assertThat(carol.take()).isNotEmpty();
  }

  @Test
  void roomsAreBoundedInNumber() {
    focus.in("one@conference.meet.example/focus");
    focus.in("two@conference.meet.example/focus");
    focus.join("three@conference.meet.example/focus");
    assertThat(error(focus.takeOne())).isEqualTo("wait/resource-constraint");
  }

  @Test
  void aRefusedCreationLeavesNoRoom() {
    focus.join(ROOM + "/not-allowed");
    assertThat(error(focus.takeOne())).isEqualTo("modify/jid-malformed");
    assertThat(muc.rooms()).isEmpty();
  }

  @Test
  void aPasswordRoomTellsWhatIsMissing() {
    meeting();
    ada.configure(
        ROOM, "muc#roomconfig_roomsecret", "s3cret", "muc#roomconfig_passwordprotectedroom", "1");
    forgetAll();

    eve.join(EVE);
    assertThat(error(eve.takeOne())).isEqualTo("auth/not-authorized");
    eve.join(EVE, RoomClient.password("wrong"));
    assertThat(error(eve.takeOne())).isEqualTo("auth/not-authorized");
    eve.join(EVE, RoomClient.password("s3cret"));
    assertThat(RoomClient.from(eve.take(), EVE)).isPresent();
  }

  @Test
  void theFocusNeedsNoPassword() {
    meeting();
    ada.configure(
        ROOM, "muc#roomconfig_roomsecret", "s3cret", "muc#roomconfig_passwordprotectedroom", "1");
    focus.leave(FOCUS);
    focus.forget();
    focus.join(FOCUS);
    assertThat(RoomClient.from(focus.take(), FOCUS)).isPresent();
  }

  @Test
  void aMembersOnlyRoomTakesMembers() {
    meeting();
    ada.admin(ROOM, RoomClient.affiliationItem(bob.bare(), "member"));
    ada.configure(ROOM, "muc#roomconfig_membersonly", "true");
    eve.join(EVE);
    assertThat(error(eve.takeOne())).isEqualTo("auth/registration-required");

    ada.admin(ROOM, RoomClient.affiliationItem(eve.bare(), "member"));
    eve.join(EVE);
    Element self = RoomClient.from(eve.take(), EVE).orElseThrow();
    assertThat(item(self).attribute("affiliation")).isEqualTo("member");
  }

  @Test
  void someoneBannedStaysOut() {
    meeting();
    ada.admin(ROOM, RoomClient.affiliationItem(bob.bare(), "outcast"));
    bob.forget();
    bob.join(BOB);
    assertThat(error(bob.takeOne())).isEqualTo("auth/forbidden");
  }

  @Test
  void theSecondToComeStartsTheClock() {
    focus.in(FOCUS);
    assertThat(room().createdMillis()).isZero();
    ada.in(ADA);
    assertThat(room().createdMillis()).isEqualTo(loop.currentTimeMillis());
  }
}
