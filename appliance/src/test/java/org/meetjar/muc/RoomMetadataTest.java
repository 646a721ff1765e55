package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.error;
import static org.meetjar.muc.RoomClient.presence;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.xml.Element;

class RoomMetadataTest extends MucHarness {
  private static final String ADDRESS = "metadata.meet.example";

  @BeforeEach
  void startService() {
    new RoomMetadata(router, muc, DOMAIN);
  }

  private static Element.Builder command(String json) {
    return Element.of("message", Ns.CLIENT)
        .set("to", ADDRESS)
        .add(Element.of("room_metadata", Ns.JITMEET).set("room", ROOM).text(json));
  }

  private static String json(Element message) {
    Element json = message.child("json-message", Ns.JITMEET).orElseThrow();
    assertThat(message.attribute("from")).isEqualTo(ADDRESS);
    assertThat(json.attribute("room")).isEqualTo(ROOM);
    return json.text();
  }

  @Test
  void aNewcomerGetsItBeforeItsOwnPresence() {
    focus.in(FOCUS);
    ada.join(ADA);
    List<Element> got = ada.take();
    assertThat(got.stream().map(stanza -> stanza.attribute("from")))
        .containsExactly(FOCUS, ADDRESS, ADA, ROOM);
    assertThat(json(got.get(1))).isEqualTo("{\"type\":\"room_metadata\",\"metadata\":{}}");
  }

  @Test
  void whatAModeratorSetsReachesEverybodyAndThoseWhoComeLater() {
    meeting();
    ada.send(command("{\"type\":\"room_metadata\",\"key\":\"recording\",\"data\":{\"on\":true}}"));
    String expected = "{\"type\":\"room_metadata\",\"metadata\":{\"recording\":{\"on\":true}}}";
    for (RoomClient client : List.of(ada, bob, focus)) {
      assertThat(json(client.takeOne())).isEqualTo(expected);
    }
    eve.join(EVE);
    assertThat(json(RoomClient.from(eve.take(), ADDRESS).orElseThrow())).isEqualTo(expected);
  }

  @Test
  void theSameAgainIsNotNews() {
    meeting();
    ada.send(command("{\"key\":\"a\",\"data\":1}"));
    forgetAll();
    ada.send(command("{\"key\":\"a\",\"data\":1}"));
    assertThat(bob.take()).isEmpty();
  }

  @Test
  void othersSetNothing() {
    meeting();
    bob.send(command("{\"key\":\"a\",\"data\":1}"));
    assertThat(error(bob.takeOne())).isEqualTo("auth/forbidden");
    eve.send(command("{\"key\":\"a\",\"data\":1}"));
    assertThat(error(eve.takeOne())).isEqualTo("auth/forbidden");
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void whatIsTheServersCannotBeSet() {
    meeting();
    ada.send(command("{\"key\":\"services\",\"data\":[]}"));
    assertThat(error(ada.takeOne())).isEqualTo("cancel/not-allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "1",
        "{\"key\":\"a\"}",
        "{\"key\":\"a\",\"data\":null}",
        "{\"data\":1}",
        "{\"key\":\"a\",\"key\":\"b\",\"data\":1}",
        "{\"key\":\"a\",\"data\":1} {}",
        "{\"key\":\"a\",\"data\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}"
      })
  void whatIsNoChangeIsRefused(String json) {
    meeting();
    ada.send(command(json));
    assertThat(error(ada.takeOne())).isEqualTo("modify/bad-request");
    assertThat(bob.take()).isEmpty();
  }

  @Test
  void itIsBounded() {
    meeting();
    for (int i = 0; i < 5; i++) {
      forgetAll();
      ada.send(command("{\"key\":\"k" + i + "\",\"data\":\"" + "x".repeat(10_000) + "\"}"));
    }
    assertThat(error(ada.takeOne())).isEqualTo("wait/resource-constraint");
  }

  @Test
  void theStartMutedPolicyOfOlderClientsIsTakenOver() {
    meeting();
    Element.Builder policy =
        Element.of("startmuted", Ns.START_MUTED).set("audio", "true").set("video", "false");
    bob.send(presence(BOB).add(policy));
    assertThat(ada.take()).hasSize(1);
    ada.send(presence(ADA).add(policy));
    List<Element> got = bob.take();
    assertThat(json(got.get(got.size() - 1)))
        .isEqualTo(
            "{\"type\":\"room_metadata\",\"metadata\":{\"startMuted\":{\"audio\":true,\"video\":false}}}");
  }

  @Test
  void aNewMeetingStartsEmpty() {
    meeting();
    ada.send(command("{\"key\":\"a\",\"data\":1}"));
    room().destroy("", java.util.Optional.empty());
    forgetAll();
    focus.in(FOCUS);
    ada.join(ADA);
    assertThat(json(RoomClient.from(ada.take(), ADDRESS).orElseThrow()))
        .isEqualTo("{\"type\":\"room_metadata\",\"metadata\":{}}");
  }
}
