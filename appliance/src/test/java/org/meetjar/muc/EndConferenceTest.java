package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.muc.RoomClient.error;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;

class EndConferenceTest extends MucHarness {
  private static final String ADDRESS = "endconference.meet.example";

  @BeforeEach
  void startService() {
    new EndConference(router, muc, DOMAIN);
  }

  private static Element.Builder command() {
    return Element.of("message", Ns.CLIENT)
        .set("to", ADDRESS)
        .add(Element.of("end_conference", Ns.CLIENT));
  }

  @Test
  void aModeratorEndsTheMeetingForAll() {
    meeting();
    ada.send(command());
    for (RoomClient client : java.util.List.of(ada, bob, focus)) {
      Element gone = client.takeOne();
      assertThat(gone.attribute("type")).isEqualTo("unavailable");
      assertThat(RoomClient.statuses(gone)).containsExactly("110");
      assertThat(
              RoomClient.user(gone)
                  .child("destroy", Ns.MUC_USER)
                  .orElseThrow()
                  .childText("reason", Ns.MUC_USER))
          .isEqualTo("The meeting has been terminated");
    }
    assertThat(muc.rooms()).isEmpty();
  }

  @Test
  void nobodyElseDoes() {
    meeting();
    bob.send(command());
    assertThat(error(bob.takeOne())).isEqualTo("auth/forbidden");
    eve.send(command());
    assertThat(error(eve.takeOne())).isEqualTo("auth/forbidden");
    bob.send(command().set("type", "error"));
    assertThat(bob.take()).isEmpty();
    assertThat(room().occupants()).hasSize(3);
  }

  @Test
  void itTellsWhatItIs() {
    Element answer = ada.request("get", ADDRESS, Element.of("query", Ns.DISCO_INFO));
    Element identity =
        answer.firstChild().orElseThrow().child("identity", Ns.DISCO_INFO).orElseThrow();
    assertThat(identity.attribute("category")).isEqualTo("component");
    assertThat(identity.attribute("type")).isEqualTo("end_conference");
    assertThat(error(ada.request("set", ADDRESS, Element.of("x", "y"))))
        .isEqualTo("cancel/service-unavailable");
  }
}
