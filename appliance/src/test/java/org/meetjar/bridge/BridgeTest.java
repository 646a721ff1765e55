package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.bridge.TestBridge.MEETING;
import static org.meetjar.bridge.TestBridge.audio;
import static org.meetjar.bridge.TestBridge.camera;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.MediaSource.SsrcGroup;
import org.meetjar.colibri.TransportDescription;

/** What a focus asks, and what it hears. */
class BridgeTest {
  private final TestBridge bridge = new TestBridge();

  private ColibriReply conference(String meeting, boolean create, EndpointModify... endpoints) {
    return bridge.modify(new ConferenceModify(meeting, "", create, false, List.of(endpoints)));
  }

  private static ColibriError.Reason reason(ColibriReply reply) {
    return ((ColibriError) reply).reason();
  }

  @Test
  void creatingAnswersWithTheTransportAndTheBridgesSources() {
    ConferenceModified reply =
        (ConferenceModified) conference(MEETING, true, TestBridge.create("ann"));
    TransportDescription transport = reply.transports().get("ann");
    assertThat(transport.ufrag()).isEqualTo("ufrag");
    assertThat(transport.webSocketUrl())
        .matches("wss://meet.example.org/colibri-ws/bridge/meeting1/ann\\?pwd=[A-Za-z0-9_-]{24}");
    assertThat(reply.bridgeSources())
        .extracting(MediaSource::name)
        .containsExactly("jvb-a0", "jvb-v0");
    ConferenceModified second =
        (ConferenceModified) conference(MEETING, false, TestBridge.create("bob"));
    assertThat(second.bridgeSources()).isEmpty();
    assertThat(second.transports()).containsOnlyKeys("bob");
  }

  @Test
  void refusalsSayWhy() {
    assertThat(reason(conference("other", false, TestBridge.create("ann"))))
        .isEqualTo(ColibriError.Reason.CONFERENCE_NOT_FOUND);
    assertThat(reason(conference("a/b", true, TestBridge.create("ann"))))
        .isEqualTo(ColibriError.Reason.BAD_REQUEST);
    conference(MEETING, true, TestBridge.create("ann"));
    assertThat(reason(conference(MEETING, true, TestBridge.create("bob"))))
        .isEqualTo(ColibriError.Reason.CONFERENCE_ALREADY_EXISTS);
    ColibriError unknown = (ColibriError) bridge.modify(EndpointModify.expire("bob"));
    assertThat(unknown.reason()).isEqualTo(ColibriError.Reason.UNKNOWN_ENDPOINT);
    assertThat(unknown.endpoint()).isEqualTo("bob");
    assertThat(reason(conference(MEETING, false, TestBridge.create("ann"))))
        .isEqualTo(ColibriError.Reason.BAD_REQUEST);
    assertThat(reason(conference(MEETING, false, TestBridge.create("x y"))))
        .isEqualTo(ColibriError.Reason.BAD_REQUEST);
  }

  @Test
  void aFullBridgeSaysSo() {
    conference(MEETING, true, TestBridge.create("e0"));
    for (int i = 1; i < 8; i++) {
      assertThat(conference(MEETING, false, TestBridge.create("e" + i)))
          .isInstanceOf(ConferenceModified.class);
    }
    assertThat(reason(conference(MEETING, false, TestBridge.create("e8"))))
        .isEqualTo(ColibriError.Reason.OVERLOADED);
    conference("second", true, TestBridge.create("a"));
    conference("second", false, TestBridge.create("b"));
    assertThat(reason(conference("second", false, TestBridge.create("c"))))
        .isEqualTo(ColibriError.Reason.OVERLOADED);
    assertThat(reason(conference("third", true, TestBridge.create("a"))))
        .isEqualTo(ColibriError.Reason.OVERLOADED);
    assertThat(bridge.bridge.conferenceCount()).isEqualTo(2);
    assertThat(bridge.bridge.endpointCount()).isEqualTo(10);
    bridge.bridge.shutDownGracefully();
    assertThat(reason(conference("fourth", true, TestBridge.create("a"))))
        .isEqualTo(ColibriError.Reason.GRACEFUL_SHUTDOWN);
  }

  @Test
  void requestsAreAppliedInTheOrderOfTheCalls() {
    List<ColibriReply> replies = new ArrayList<>();
    bridge.bridge.modify(
        new ConferenceModify(MEETING, "", true, false, List.of(TestBridge.create("ann"))),
        replies::add);
    bridge.bridge.modify(
        new ConferenceModify(MEETING, "", false, false, List.of(TestBridge.create("bob"))),
        replies::add);
    bridge.bridge.modify(new ConferenceModify(MEETING, "", false, true, List.of()), replies::add);
    bridge.bridge.modify(
        new ConferenceModify(MEETING, "", true, false, List.of(TestBridge.create("cyd"))),
        replies::add);
    bridge.loop.turn();
    assertThat(replies)
        .hasSize(4)
        .allSatisfy(reply -> assertThat(reply).isInstanceOf(ConferenceModified.class));
    assertThat(bridge.bridge.endpointCount()).isEqualTo(1);
    assertThat(bridge.transports.get("ann").closed).isTrue();
    assertThat(bridge.transports.get("cyd").closed).isFalse();
  }

  @Test
  void aConferenceWhoseLastEndpointIsExpiredEnds() {
    conference(MEETING, true, TestBridge.create("ann"));
    bridge.modify(EndpointModify.expire("ann"));
    assertThat(bridge.bridge.conferenceCount()).isZero();
    assertThat(reason(conference(MEETING, false, TestBridge.create("ann"))))
        .isEqualTo(ColibriError.Reason.CONFERENCE_NOT_FOUND);
  }

  @Test
  void aConferenceThatNobodyJoinsEnds() {
    conference(MEETING, true);
    assertThat(bridge.bridge.conferenceCount()).isEqualTo(1);
    bridge.loop.advance(Duration.ofSeconds(62));
    assertThat(bridge.bridge.conferenceCount()).isZero();
  }

  @Test
  void theClientsSideOfTheTransportIsPassedOn() {
    conference(MEETING, true, TestBridge.create("ann"));
    TransportDescription remote = new TransportDescription("u", "p", List.of(), List.of(), "");
    bridge.modify(
        new EndpointModify(
            "ann",
            false,
            false,
            Set.of(),
            List.of(),
            Optional.of(remote),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(5)));
    assertThat(bridge.transports.get("ann").remotes).containsExactly(remote);
  }

  @Test
  void sourcesMustBelongToTheirEndpointAndFitTheirGroups() {
    conference(MEETING, true, TestBridge.create("ann", audio("ann", 1), camera("ann", 100)));
    conference(MEETING, false, TestBridge.create("bob"));
    assertThat(reason(bridge.modify(TestBridge.sources("bob", audio("bob", 1)))))
        .isEqualTo(ColibriError.Reason.BAD_REQUEST);
    assertThat(reason(bridge.modify(TestBridge.sources("bob", audio("ann", 2)))))
        .isEqualTo(ColibriError.Reason.BAD_REQUEST);
    assertThat(reason(bridge.modify(TestBridge.sources("bob", audio("bob", 5), camera("bob", 5)))))
        .isEqualTo(ColibriError.Reason.BAD_REQUEST);
    MediaSource foreign =
        new MediaSource(
            "bob-v0",
            MediaKind.VIDEO,
            MediaSource.VideoType.CAMERA,
            List.of(7L),
            List.of(new SsrcGroup("FID", List.of(7L, 8L))));
    assertThat(reason(bridge.modify(TestBridge.sources("bob", foreign))))
        .isEqualTo(ColibriError.Reason.BAD_REQUEST);
    assertThat(bridge.modify(TestBridge.sources("bob", audio("bob", 5), camera("bob", 6))))
        .isInstanceOf(ConferenceModified.class);
  }

  @Test
  void sourcesThatStayAreNotDisturbed() {
    Client ann = bridge.join("ann", audio("ann", 1), camera("ann", 100));
    Client bob = bridge.join("bob");
    bob.say(Client.SEE_180);
    ann.video(100, 180, 3000);
    bridge.modify(TestBridge.sources("ann", audio("ann", 1), camera("ann", 100)));
    ann.video(100, 0, 6000);
    assertThat(bob.received(100)).hasSize(2);
    bridge.modify(TestBridge.sources("ann", audio("ann", 1)));
    ann.video(100, 0, 9000);
    assertThat(bob.received(100)).hasSize(2);
    assertThat(bob.channel.last("ForwardedSources").get("forwardedSources")).isEmpty();
  }
}
