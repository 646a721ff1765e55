package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.error;

import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;

class RelayTest extends MucHarness {
  private static final Element JINGLE =
      Element.of("jingle", "urn:xmpp:jingle:1")
          .set("action", "session-initiate")
          .add(Element.of("identity", "x:y").text("kept"))
          .build();

  private static Element.Builder iq(String type, String to, String id) {
    return Element.of("iq", Ns.CLIENT).set("type", type).set("to", to).set("id", id);
  }

  @Test
  void requestsResultsAndErrorsPassBetweenOccupants() {
    meeting();
    ada.send(iq("set", BOB, "j1").add(JINGLE));
    Element got = bob.takeOne();
    assertThat(got.attributes())
        .containsEntry("from", ADA)
        .containsEntry("to", bob.jid().toString())
        .containsEntry("id", "j1")
        .containsEntry("type", "set");
    assertThat(got.children()).containsExactly(JINGLE);

    bob.send(iq("result", ADA, "j1"));
    assertThat(ada.takeOne().attributes())
        .containsEntry("from", BOB)
        .containsEntry("type", "result")
        .containsEntry("id", "j1");

    bob.send(iq("error", ADA, "j2").add(Element.of("error", Ns.CLIENT).set("type", "cancel")));
    Element failed = ada.takeOne();
    assertThat(failed.attribute("from")).isEqualTo(BOB);
    assertThat(failed.child("error", Ns.CLIENT)).isPresent();
  }

  @Test
  void theFocusIsAnOccupantLikeOthers() {
    meeting();
    focus.send(iq("set", ADA, "f1").add(JINGLE));
    assertThat(ada.takeOne().attribute("from")).isEqualTo(FOCUS);
    ada.send(iq("result", FOCUS, "f1"));
    assertThat(focus.takeOne().attribute("from")).isEqualTo(ADA);
  }

  @Test
  void strangersReachNobody() {
    meeting();
    eve.send(iq("set", ADA, "x1").add(JINGLE));
    assertThat(error(eve.takeOne())).isEqualTo("modify/not-acceptable");
    eve.send(iq("result", ADA, "x2"));
    assertThat(eve.take()).isEmpty();
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void whoIsNotThereIsNotFound() {
    meeting();
    ada.send(iq("set", EVE, "x1").add(JINGLE));
    assertThat(error(ada.takeOne())).isEqualTo("cancel/item-not-found");
    ada.send(iq("error", EVE, "x2"));
    assertThat(ada.take()).isEmpty();
  }

  @Test
  void theRoomAnswersWhoPingsItself() {
    meeting();
    Element answer = ada.request("get", ADA, Element.of("ping", Ns.PING));
    assertThat(answer.attribute("type")).isEqualTo("result");
    assertThat(answer.attribute("from")).isEqualTo(ADA);
    assertThat(error(eve.request("get", EVE, Element.of("ping", Ns.PING))))
        .isEqualTo("modify/not-acceptable");
  }

  @Test
  void requestsThatComeTooFastAreRefusedButAnswersNever() {
    meeting();
    for (int i = 0; i < settings().direct().burst(); i++) {
      ada.send(iq("set", BOB, "n" + i).add(JINGLE));
    }
    bob.forget();
    ada.send(iq("set", BOB, "more").add(JINGLE));
    assertThat(error(ada.takeOne())).isEqualTo("wait/resource-constraint");
    ada.send(iq("result", BOB, "answer"));
    assertThat(bob.takeOne().attribute("id")).isEqualTo("answer");
  }
}
