package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.error;
import static org.meetjar.muc.RoomClient.item;
import static org.meetjar.muc.RoomClient.presence;
import static org.meetjar.muc.RoomClient.statuses;
import static org.meetjar.muc.RoomClient.user;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

class PresenceTest extends MucHarness {
  private static final Element SOURCES =
      Element.of("SourceInfo", Ns.CLIENT).text("{\"bbbb2222-a0\":{\"muted\":true}}").build();
  private static final Element CAPS =
      Element.of("c", "http://jabber.org/protocol/caps")
          .set("hash", "sha-1")
          .set("node", "https://jitsi.org/jitsi-meet")
          .set("ver", "x<&\"")
          .build();

  @Test
  void whatAClientSaysOfItselfReachesEverybodyAsSaid() {
    meeting();
    bob.send(presence(BOB).add(CAPS).add(SOURCES).add(nick("Bob")));
    Element seen = ada.takeOne();
    assertThat(seen.children().skip(1)).containsExactly(CAPS, SOURCES, nick("Bob"));
    assertThat(user(seen)).isEqualTo(seen.firstChild().orElseThrow());

    Element reflected = bob.takeOne();
    assertThat(statuses(reflected)).containsExactly("110");
    assertThat(reflected.children().skip(1)).containsExactly(CAPS, SOURCES, nick("Bob"));
  }

  @Test
  void presenceToTheRoomIsPresenceToo() {
    meeting();
    bob.send(presence(ROOM).add(SOURCES));
    assertThat(ada.takeOne().child("SourceInfo", Ns.CLIENT)).isPresent();
  }

  @Test
  void lateComersSeeTheLatest() {
    meeting();
    bob.send(presence(BOB).add(SOURCES));
    eve.join(EVE);
    Element seen = RoomClient.from(eve.take(), BOB).orElseThrow();
    assertThat(seen.child("SourceInfo", Ns.CLIENT)).contains(SOURCES);
  }

  @Test
  void whatOnlyTheServerMaySayIsLeftOut() {
    meeting();
    Element forgedUser =
        Element.of("x", Ns.MUC_USER)
            .add(Element.of("item", Ns.MUC_USER).set("role", "moderator"))
            .build();
    bob.send(
        presence(BOB)
            .add(forgedUser)
            .add(Element.of("identity", Ns.CLIENT).textChild("user", "x"))
            .add(Element.of("permissions", Ns.JITMEET))
            .add(Element.of("delay", Ns.DELAY).set("stamp", "2020-01-01T00:00:00Z"))
            .add(Element.of("x", Ns.LEGACY_DELAY).set("stamp", "20200101T00:00:00"))
            .add(Element.of("conference-properties", Ns.FOCUS))
            .add(Element.of("bridgeNotAvailable", Ns.FOCUS))
            .add(Element.of("x", "vcard-temp:x:update"))
            .add(SOURCES));
    Element seen = ada.takeOne();
    assertThat(item(seen).attribute("role")).isEqualTo("participant");
    assertThat(seen.children().skip(1))
        .containsExactly(Element.of("x", "vcard-temp:x:update").build(), SOURCES);
  }

  @Test
  void theFocusSpeaksForTheConference() {
    meeting();
    Element properties =
        Element.of("conference-properties", Ns.FOCUS)
            .add(Element.of("property", Ns.FOCUS).set("key", "bridge-count").set("value", 1))
            .build();
    focus.send(presence(FOCUS).add(properties));
    assertThat(ada.takeOne().children().skip(1)).containsExactly(properties);
  }

  @Test
  void presencesThatComeTooFastAreMergedAndTheLatestIsShown() {
    meeting();
    int burst = settings().presences().burst();
    for (int i = 0; i < burst + 20; i++) {
      bob.send(presence(BOB).add(nick("Bob " + i)));
    }
    assertThat(ada.take()).hasSizeLessThanOrEqualTo(burst);
    loop.advance(Duration.ofSeconds(1));
    Element last = ada.takeOne();
    assertThat(last.childText("nick", "http://jabber.org/protocol/nick"))
        .isEqualTo("Bob " + (burst + 19));
    assertThat(bob.take()).allMatch(stanza -> stanza.attribute("type").isEmpty());
  }

  @Test
  void aPresenceTooLargeIsRefused() {
    meeting();
    bob.send(presence(BOB).add(Element.of("big", "x").text("x".repeat(20_000))));
    assertThat(error(bob.takeOne())).isEqualTo("modify/policy-violation");
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void whoLeavesIsToldSoAndTheOthersToo() {
    meeting();
    bob.send(presence(BOB).set("type", "unavailable").textChild("status", "switch_room"));
    Element own = bob.takeOne();
    assertThat(own.attribute("type")).isEqualTo("unavailable");
    assertThat(own.attribute("from")).isEqualTo(BOB);
    assertThat(statuses(own)).containsExactly("110");
    Element seen = ada.takeOne();
    assertThat(seen.attribute("type")).isEqualTo("unavailable");
    assertThat(statuses(seen)).isEmpty();
    assertThat(item(seen).attributes())
        .containsEntry("role", "none")
        .containsEntry("jid", bob.jid().toString());
    assertThat(seen.childText("status", Ns.CLIENT)).isEqualTo("switch_room");
    assertThat(focus.take()).hasSize(1);
    assertThat(muc.roomOf(bob.jid())).isEmpty();
  }

  @Test
  void anOwnerThatLeavesAndComesBackIsStillOwner() {
    meeting();
    ada.leave(ADA);
    ada.forget();
    ada.join(ADA);
    Element self = RoomClient.from(ada.take(), ADA).orElseThrow();
    assertThat(item(self).attribute("affiliation")).isEqualTo("owner");
    assertThat(item(self).attribute("role")).isEqualTo("moderator");
  }

  @Test
  void theRoomClosesWhenTheLastHasLeft() {
    meeting();
    ada.leave(ADA);
    bob.leave(BOB);
    assertThat(muc.room(Jid.of(ROOM))).isPresent();
    focus.leave(FOCUS);
    assertThat(muc.rooms()).isEmpty();
  }

  @Test
  void aNewRoomOfTheSameNameKnowsNothingOfTheOld() {
    meeting();
    ada.say(ROOM, "m1", "secret");
    String first = room().meetingId();
    List.of(ada, bob, focus).forEach(client -> client.leave(ROOM + "/x"));
    forgetAll();
    focus.in(FOCUS);
    assertThat(room().meetingId()).isNotEqualTo(first);
    ada.join(ADA);
    List<Element> got = ada.take();
    assertThat(item(RoomClient.from(got, ADA).orElseThrow()).attribute("affiliation"))
        .isEqualTo("none");
    assertThat(got.stream().filter(stanza -> stanza.child("body", Ns.CLIENT).isPresent()))
        .isEmpty();
  }

  @Test
  void strangersPresenceIsOfNoConsequence() {
    meeting();
    eve.leave(EVE);
    eve.send(presence(ROOM).set("type", "subscribe"));
    eve.send(presence(BOB).set("type", "error"));
    assertThat(eve.take()).isEmpty();
    assertThat(ada.take()).isEmpty();
    assertThat(room().occupants()).hasSize(3);
  }

  @Test
  void inABigRoomAPresenceIsWrittenOnceForAllAndOnceForItsOwner() {
    focus.in(FOCUS);
    for (int i = 0; i < 100; i++) {
      client("c" + i + "@meet.example/r").in(ROOM + "/c" + i, SOURCES);
    }
    ada.in(ADA);
    router.takeTextCount();

    ada.send(presence(ADA).add(SOURCES));
    assertThat(router.takeTextCount()).isEqualTo(2);

    List<Element> shared = room().occupants().stream().map(Occupant::presence).toList();
    bob.join(BOB);
    // Those of the others, which were written before, and three new ones: Bob's for the others and
    // for itself, and the subject.
    assertThat(router.takeTextCount()).isEqualTo(102 + 3);
    assertThat(room().occupants().stream().map(Occupant::presence).limit(102))
        .usingElementComparator((one, other) -> one == other ? 0 : 1)
        .containsExactlyElementsOf(shared);
  }
}
