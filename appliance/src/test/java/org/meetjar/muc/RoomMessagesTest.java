package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.chat;
import static org.meetjar.muc.RoomClient.error;
import static org.meetjar.muc.RoomClient.groupchat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.config.MucSettings;
import org.meetjar.xml.Element;

class RoomMessagesTest extends MucHarness {
  @Override
  MucSettings settings() {
    MucSettings defaults = super.settings();
    return new MucSettings(
        defaults.rooms(),
        defaults.participants(),
        defaults.occupants(),
        defaults.affiliations(),
        defaults.waitingJoins(),
        defaults.waitingTime(),
        5,
        20_000,
        defaults.presenceBytes(),
        defaults.messageBytes(),
        defaults.presences(),
        new MucSettings.Rate(20, 5),
        new MucSettings.Rate(10, 5));
  }

  private List<String> bodiesShownTo(RoomClient newcomer, Element.Builder x) {
    newcomer.leave(EVE);
    newcomer.forget();
    newcomer.join(EVE, x);
    return newcomer.take().stream()
        .filter(stanza -> stanza.child("body", Ns.CLIENT).isPresent())
        .map(stanza -> stanza.childText("body", Ns.CLIENT))
        .toList();
  }

  @Test
  void chatReachesEverybodyTheSenderIncluded() {
    meeting();
    bob.say(ROOM, "m1", "hello <all> & sundry");
    for (RoomClient client : List.of(ada, bob, focus)) {
      Element got = client.takeOne();
      assertThat(got.attributes())
          .containsEntry("from", BOB)
          .containsEntry("to", client.jid().toString())
          .containsEntry("id", "m1")
          .containsEntry("type", "groupchat");
      assertThat(got.childText("body", Ns.CLIENT)).isEqualTo("hello <all> & sundry");
    }
  }

  @Test
  void strangersAreNotHeard() {
    meeting();
    eve.say(ROOM, "m1", "hello");
    assertThat(error(eve.takeOne())).isEqualTo("modify/not-acceptable");
    eve.send(chat(ADA, "m2").textChild("body", "psst"));
    assertThat(error(eve.takeOne())).isEqualTo("modify/not-acceptable");
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void otherTypesToTheRoomAreRefused() {
    meeting();
    bob.send(chat(ROOM, "m1").textChild("body", "x"));
    assertThat(error(bob.takeOne())).isEqualTo("modify/bad-request");
    bob.send(groupchat(ADA, "m1").textChild("body", "x"));
    assertThat(error(bob.takeOne())).isEqualTo("modify/bad-request");
  }

  @Test
  void errorsAreNeverAnswered() {
    eve.send(groupchat(ROOM, "m1").set("type", "error"));
    meeting();
    eve.send(groupchat(ROOM, "m1").set("type", "error"));
    eve.send(groupchat(ADA, "m1").set("type", "error"));
    assertThat(eve.take()).isEmpty();
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void reactionsAndJsonAreRelayedAsTheyAre() {
    meeting();
    Element reactions =
        Element.of("reactions", "urn:xmpp:reactions:0")
            .set("id", "m1")
            .textChild("reaction", "👍")
            .build();
    Element json = Element.of("json-message", Ns.JITMEET).text("{\"type\":\"x\"}").build();
    bob.send(groupchat(ROOM, "m2").add(reactions).add(json));
    assertThat(ada.takeOne().children()).containsExactly(reactions, json);
    assertThat(bodiesShownTo(eve, RoomClient.muc())).isEmpty();
  }

  @Test
  void whatOnlyTheServerMaySayIsLeftOutOfMessages() {
    meeting();
    bob.send(
        groupchat(ROOM, "m1")
            .textChild("body", "x")
            .textChild("subject", "not a subject")
            .add(Element.of("delay", Ns.DELAY).set("stamp", "2020-01-01T00:00:00Z"))
            .add(Element.of("x", Ns.MUC_USER).add(Presences.status(104)))
            .add(
                Element.of("display-name", Ns.DISPLAY_NAME)
                    .set("source", "visitor")
                    .text("Somebody else")));
    assertThat(ada.takeOne().children().map(Element::name)).containsExactly("body");
  }

  @Test
  void aPrivateMessageReachesOne() {
    meeting();
    bob.send(chat(ADA, "p1").textChild("body", "psst"));
    Element got = ada.takeOne();
    assertThat(got.attributes())
        .containsEntry("from", BOB)
        .containsEntry("to", ada.jid().toString())
        .containsEntry("type", "chat")
        .containsEntry("id", "p1");
    assertThat(focus.take()).isEmpty();
    assertThat(bob.take()).isEmpty();

    bob.send(chat(EVE, "p2").textChild("body", "psst"));
    assertThat(error(bob.takeOne())).isEqualTo("cancel/item-not-found");
  }

  @Test
  void theSubjectIsForModeratorsAndStays() {
    meeting();
    bob.send(groupchat(ROOM, "s1").textChild("subject", "mine"));
    assertThat(error(bob.takeOne())).isEqualTo("auth/forbidden");

    ada.send(groupchat(ROOM, "s2").textChild("subject", "Budget"));
    assertThat(bob.takeOne().childText("subject", Ns.CLIENT)).isEqualTo("Budget");

    eve.join(EVE);
    List<Element> got = eve.take();
    Element subject = got.get(got.size() - 1);
    assertThat(subject.attribute("from")).isEqualTo(ADA);
    assertThat(subject.childText("subject", Ns.CLIENT)).isEqualTo("Budget");
  }

  @Test
  void newcomersSeeTheLastMessagesWithTheirTime() {
    meeting();
    bob.say(ROOM, "m1", "one");
    String time = Instant.ofEpochMilli(loop.currentTimeMillis()).toString();
    loop.advance(Duration.ofMinutes(1));
    ada.say(ROOM, "m2", "two");
    eve.join(EVE);

    List<Element> got = eve.take();
    assertThat(got.stream().map(Element::name))
        .containsExactly(
            "presence", "presence", "presence", "presence", "message", "message", "message");
    Element first = got.get(4);
    assertThat(first.attribute("from")).isEqualTo(BOB);
    assertThat(first.childText("body", Ns.CLIENT)).isEqualTo("one");
    Element delay = first.child("delay", Ns.DELAY).orElseThrow();
    assertThat(delay.attribute("stamp")).isEqualTo(time);
    assertThat(delay.attribute("from")).isEqualTo(ROOM);
    assertThat(got.get(6).child("subject", Ns.CLIENT)).isPresent();
  }

  @Test
  void historyIsBoundedByNumber() {
    meeting();
    for (int i = 0; i < 9; i++) {
      bob.say(ROOM, "m" + i, "text " + i);
    }
    assertThat(bodiesShownTo(eve, RoomClient.muc()))
        .containsExactly("text 4", "text 5", "text 6", "text 7", "text 8");
  }

  @Test
  void historyIsBoundedBySize() {
    meeting();
    for (int i = 0; i < 4; i++) {
      bob.say(ROOM, "m" + i, "x".repeat(9_000));
    }
    assertThat(bodiesShownTo(eve, RoomClient.muc())).hasSize(2);
  }

  @Test
  void aClientMayAskForLessHistory() {
    meeting();
    bob.say(ROOM, "m1", "one");
    loop.advance(Duration.ofMinutes(1));
    bob.say(ROOM, "m2", "two");
    assertThat(
            bodiesShownTo(
                eve, RoomClient.muc().add(Element.of("history", Ns.MUC).set("maxstanzas", 1))))
        .containsExactly("two");
    assertThat(
            bodiesShownTo(
                eve, RoomClient.muc().add(Element.of("history", Ns.MUC).set("maxchars", 0))))
        .isEmpty();
    assertThat(
            bodiesShownTo(
                eve, RoomClient.muc().add(Element.of("history", Ns.MUC).set("seconds", 30))))
        .containsExactly("two");
    String since = Instant.ofEpochMilli(loop.currentTimeMillis() - 90_000).toString();
    assertThat(
            bodiesShownTo(
                eve, RoomClient.muc().add(Element.of("history", Ns.MUC).set("since", since))))
        .containsExactly("one", "two");
    assertThat(
            bodiesShownTo(
                eve, RoomClient.muc().add(Element.of("history", Ns.MUC).set("since", "nonsense"))))
        .containsExactly("one", "two");
  }

  @Test
  void aRetractedMessageIsGoneFromHistory() {
    meeting();
    bob.say(ROOM, "m1", "oops");
    Element retract = Element.of("retract", Ns.RETRACT).set("id", "m1").build();
    forgetAll();
    ada.send(groupchat(ROOM, "r1").add(retract).textChild("body", "retracted"));
    assertThat(error(ada.takeOne())).isEqualTo("auth/forbidden");
    assertThat(bob.take()).isEmpty();

    bob.send(groupchat(ROOM, "r2").add(retract).textChild("body", "retracted"));
    assertThat(ada.takeOne().child("retract", Ns.RETRACT)).contains(retract);
    assertThat(bodiesShownTo(eve, RoomClient.muc())).isEmpty();
  }

  @Test
  void whoWritesTooFastIsSlowedDown() {
    meeting();
    for (int i = 0; i < 25; i++) {
      bob.say(ROOM, "m" + i, "spam");
    }
    assertThat(ada.take()).hasSize(20);
    List<Element> got = bob.take();
    assertThat(error(got.get(got.size() - 1))).isEqualTo("wait/resource-constraint");

    loop.advance(Duration.ofSeconds(1));
    bob.say(ROOM, "m", "slower");
    assertThat(ada.takeOne().childText("body", Ns.CLIENT)).isEqualTo("slower");
  }

  @Test
  void aMessageTooLongIsRefused() {
    meeting();
    bob.say(ROOM, "m1", "x".repeat(40_000));
    assertThat(error(bob.takeOne())).isEqualTo("modify/policy-violation");
    bob.send(chat(ADA, "m1").textChild("body", "x".repeat(40_000)));
    assertThat(error(bob.takeOne())).isEqualTo("modify/policy-violation");
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void aModeratorInvitesIntoAMembersOnlyRoomAndKeepsThePassword() {
    meeting();
    ada.admin(ROOM, RoomClient.affiliationItem(bob.bare(), "member"));
    ada.configure(
        ROOM,
        "muc#roomconfig_membersonly",
        "1",
        "muc#roomconfig_roomsecret",
        "s3cret",
        "muc#roomconfig_passwordprotectedroom",
        "1");
    forgetAll();
    Element.Builder x =
        Element.of("x", Ns.MUC_USER)
            .add(Element.of("invite", Ns.MUC_USER).set("to", eve.jid().toString()));
    bob.send(Element.of("message", Ns.CLIENT).set("to", ROOM).add(x));
    assertThat(error(bob.takeOne())).isEqualTo("auth/forbidden");

    ada.send(Element.of("message", Ns.CLIENT).set("to", ROOM).add(x));
    Element invitation = eve.takeOne();
    assertThat(invitation.attribute("from")).isEqualTo(ROOM);
    assertThat(
            RoomClient.user(invitation)
                .child("invite", Ns.MUC_USER)
                .orElseThrow()
                .attribute("from"))
        .isEqualTo(ADA);
    assertThat(invitation.toXml()).doesNotContain("s3cret");
    eve.join(EVE);
    assertThat(RoomClient.from(eve.take(), EVE)).isPresent();
  }
}
