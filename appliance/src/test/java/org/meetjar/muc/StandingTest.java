package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.affiliationItem;
import static org.meetjar.muc.RoomClient.error;
import static org.meetjar.muc.RoomClient.item;
import static org.meetjar.muc.RoomClient.roleItem;
import static org.meetjar.muc.RoomClient.statuses;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;

class StandingTest extends MucHarness {

  @Test
  void theFocusMakesSomebodyOwnerAndEverybodyHearsOfTheModerator() {
    focus.in(FOCUS);
    ada.in(ADA, nick("Ada"));
    bob.in(BOB);
    forgetAll();
    Element answer = focus.admin(ROOM, affiliationItem(ada.bare(), "owner"));
    assertThat(answer.attribute("type")).isEqualTo("result");
    assertThat(answer.attribute("from")).isEqualTo(ROOM);

    Element own = ada.takeOne();
    assertThat(item(own).attributes())
        .containsEntry("affiliation", "owner")
        .containsEntry("role", "moderator")
        .containsEntry("jid", ada.jid().toString());
    assertThat(statuses(own)).containsExactly("110");
    Element seen = bob.takeOne();
    assertThat(item(seen).attribute("role")).isEqualTo("moderator");
    assertThat(seen.childText("nick", "http://jabber.org/protocol/nick")).isEqualTo("Ada");

    eve.join(EVE);
    Element later = RoomClient.from(eve.take(), ADA).orElseThrow();
    assertThat(item(later).attribute("role")).isEqualTo("moderator");
  }

  @Test
  void anOwnerMakesOthersOwners() {
    meeting();
    Element answer =
        ada.admin(ROOM, affiliationItem(bob.bare(), "owner").textChild("reason", "deputy"));
    assertThat(answer.attribute("type")).isEqualTo("result");
    Element own = bob.takeOne();
    assertThat(item(own).attribute("affiliation")).isEqualTo("owner");
    assertThat(item(own).childText("reason", Ns.MUC_USER)).isEqualTo("deputy");
  }

  @Test
  void participantsGrantNothing() {
    meeting();
    assertThat(error(bob.admin(ROOM, affiliationItem(bob.bare(), "owner"))))
        .isEqualTo("auth/forbidden");
    assertThat(error(bob.admin(ROOM, roleItem("aaaa1111", "none")))).isEqualTo("auth/forbidden");
    assertThat(error(eve.admin(ROOM, roleItem("aaaa1111", "none")))).isEqualTo("auth/forbidden");
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void anOwnerDemotesAnotherButNotTheLast() {
    meeting();
    ada.admin(ROOM, affiliationItem(bob.bare(), "owner"));
    forgetAll();
    bob.admin(ROOM, affiliationItem(ada.bare(), "none"));
    Element own = ada.takeOne();
    assertThat(item(own).attributes())
        .containsEntry("affiliation", "none")
        .containsEntry("role", "participant");
    assertThat(error(bob.admin(ROOM, affiliationItem(bob.bare(), "none"))))
        .isEqualTo("cancel/conflict");
  }

  @Test
  void manyItemsInOneRequestAreAllCarriedOut() {
    meeting();
    eve.in(EVE);
    forgetAll();
    Element answer =
        ada.admin(
            ROOM, affiliationItem(bob.bare(), "member"), affiliationItem(eve.bare(), "member"));
    assertThat(answer.attribute("type")).isEqualTo("result");
    assertThat(room().occupants().stream().map(Occupant::affiliation))
        .containsExactly(
            Affiliation.OWNER, Affiliation.OWNER, Affiliation.MEMBER, Affiliation.MEMBER);
  }

  @Test
  void oneWrongItemStopsThemAll() {
    meeting();
    Element answer =
        ada.admin(ROOM, affiliationItem(bob.bare(), "member"), roleItem("nobody", "none"));
    assertThat(error(answer)).isEqualTo("cancel/item-not-found");
    assertThat(bob.take()).isEmpty();
    assertThat(error(ada.admin(ROOM, affiliationItem(bob.bare(), "king"))))
        .isEqualTo("modify/bad-request");
    assertThat(error(ada.admin(ROOM))).isEqualTo("modify/bad-request");
  }

  @Test
  void aKickedOneIsOutAndAllKnowByWhomAndWhy() {
    meeting();
    Element answer = ada.admin(ROOM, roleItem("bbbb2222", "none").textChild("reason", "noise"));
    assertThat(answer.attribute("type")).isEqualTo("result");

    Element own = bob.takeOne();
    assertThat(own.attribute("type")).isEqualTo("unavailable");
    assertThat(statuses(own)).containsExactlyInAnyOrder("110", "307");
    assertThat(item(own).attributes())
        .containsEntry("role", "none")
        .containsEntry("affiliation", "none");
    assertThat(item(own).child("actor", Ns.MUC_USER).orElseThrow().attribute("nick"))
        .isEqualTo("aaaa1111");
    assertThat(item(own).childText("reason", Ns.MUC_USER)).isEqualTo("noise");
    Element seen = focus.takeOne();
    assertThat(seen.attribute("from")).isEqualTo(BOB);
    assertThat(statuses(seen)).containsExactly("307");
    assertThat(room().occupant("bbbb2222")).isEmpty();
  }

  @Test
  void ownersKickEachOtherAndTheKickedIsOwnerNoLonger() {
    meeting();
    ada.admin(ROOM, affiliationItem(bob.bare(), "owner"));
    assertThat(bob.admin(ROOM, roleItem("aaaa1111", "none")).attribute("type")).isEqualTo("result");
    ada.forget();
    ada.join(ADA);
    Element self = RoomClient.from(ada.take(), ADA).orElseThrow();
    assertThat(item(self).attribute("affiliation")).isEqualTo("none");
    assertThat(item(self).attribute("role")).isEqualTo("participant");
  }

  @Test
  void nobodyTouchesTheFocus() {
    meeting();
    assertThat(error(ada.admin(ROOM, roleItem("focus", "none")))).isEqualTo("cancel/not-allowed");
    assertThat(error(ada.admin(ROOM, affiliationItem("focus@auth.meet.example", "none"))))
        .isEqualTo("cancel/not-allowed");
    assertThat(error(ada.admin(ROOM, affiliationItem("focus@auth.meet.example", "outcast"))))
        .isEqualTo("cancel/not-allowed");
    assertThat(room().hasFocus()).isTrue();
  }

  @Test
  void aModeratorByRoleKicksParticipantsButNotOwners() {
    meeting();
    eve.in(EVE);
    ada.admin(ROOM, roleItem("bbbb2222", "moderator"));
    forgetAll();
    assertThat(error(bob.admin(ROOM, roleItem("aaaa1111", "none"))))
        .isEqualTo("cancel/not-allowed");
    assertThat(error(bob.admin(ROOM, roleItem("eeee3333", "moderator"))))
        .isEqualTo("cancel/not-allowed");
    assertThat(bob.admin(ROOM, roleItem("eeee3333", "none")).attribute("type")).isEqualTo("result");
    assertThat(room().occupant("eeee3333")).isEmpty();
  }

  @Test
  void anOwnerStaysModerator() {
    meeting();
    assertThat(error(ada.admin(ROOM, roleItem("aaaa1111", "participant"))))
        .isEqualTo("cancel/not-allowed");
  }

  @Test
  void whoHasNoVoiceIsHeardByNobody() {
    meeting();
    ada.admin(ROOM, roleItem("bbbb2222", "visitor"));
    forgetAll();
    bob.say(ROOM, "m1", "hello");
    assertThat(error(bob.takeOne())).isEqualTo("auth/forbidden");
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void aBanSendsOut() {
    meeting();
    ada.admin(ROOM, affiliationItem(bob.bare(), "outcast"));
    assertThat(statuses(bob.takeOne())).containsExactlyInAnyOrder("110", "301");
  }

  @Test
  void aRoomThatBecomesMembersOnlyKeepsItsMembersAndTheFocus() {
    meeting();
    eve.in(EVE);
    ada.admin(ROOM, affiliationItem(bob.bare(), "member"));
    forgetAll();
    ada.configure(ROOM, "muc#roomconfig_membersonly", "true");
    List<Element> own = eve.take();
    assertThat(statuses(own.get(own.size() - 1))).containsExactlyInAnyOrder("110", "322");
    assertThat(room().occupants().stream().map(Occupant::nick))
        .containsExactly("focus", "aaaa1111", "bbbb2222");

    bob.forget();
    ada.admin(ROOM, affiliationItem(bob.bare(), "none"));
    assertThat(statuses(bob.takeOne())).containsExactlyInAnyOrder("110", "321");
  }

  @Test
  void listsAreForThoseInCharge() {
    meeting();
    Element owners =
        ada.request(
            "get",
            ROOM,
            Element.of("query", Ns.MUC_ADMIN).add(RoomClient.item().set("affiliation", "owner")));
    assertThat(owners.firstChild().orElseThrow().children().map(entry -> entry.attribute("jid")))
        .containsExactly(ada.bare());
    Element participants =
        ada.request(
            "get",
            ROOM,
            Element.of("query", Ns.MUC_ADMIN).add(RoomClient.item().set("role", "participant")));
    assertThat(
            participants
                .firstChild()
                .orElseThrow()
                .children()
                .map(entry -> entry.attribute("nick")))
        .containsExactly("bbbb2222");
    assertThat(
            error(
                bob.request(
                    "get",
                    ROOM,
                    Element.of("query", Ns.MUC_ADMIN)
                        .add(RoomClient.item().set("affiliation", "owner")))))
        .isEqualTo("auth/forbidden");
  }

  @Test
  void affiliationsAreBoundedAndThoseWhoAreInKeepTheirs() {
    meeting();
    for (int i = 0; i < settings().affiliations() + 50; i++) {
      ada.admin(ROOM, affiliationItem("m" + i + "@meet.example", "member"));
    }
    assertThat(room().affiliations().having(Affiliation.MEMBER))
        .hasSize(settings().affiliations() - 1);
    assertThat(room().affiliations().of(ada.jid())).isEqualTo(Affiliation.OWNER);
  }

  @Test
  void longReasonsAreCut() {
    meeting();
    ada.admin(ROOM, roleItem("bbbb2222", "none").textChild("reason", "é".repeat(5000)));
    assertThat(item(bob.takeOne()).childText("reason", Ns.MUC_USER)).hasSize(500);
  }
}
