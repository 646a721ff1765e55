package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.bridge.Client.SEE_180;
import static org.meetjar.bridge.Client.SEE_720;
import static org.meetjar.bridge.TestBridge.audio;
import static org.meetjar.bridge.TestBridge.camera;
import static org.meetjar.bridge.TestBridge.screen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaKind;
import org.meetjar.rtp.ExtensionReader;
import org.meetjar.rtp.RtpHeader;

/** Three people in a conference. */
class ConferenceTest {
  private static final int ANN_VIDEO = 2000;

  private final TestBridge bridge = new TestBridge();
  private final Client ann = bridge.join("ann", audio("ann", 1000), camera("ann", ANN_VIDEO));
  private final Client bob = bridge.join("bob", audio("bob", 3000), camera("bob", 4000));
  private final Client cyd = bridge.join("cyd", audio("cyd", 5000));
  private int timestamp = 1_000;

  private void annSendsFrame(boolean key) {
    timestamp += 3000;
    ann.cameraFrame(ANN_VIDEO, key, timestamp);
  }

  @Test
  void audioGoesToAllOthersWithItsLevel() {
    ann.audio(1000, 90, 960);
    assertThat(ann.transport.rtp).isEmpty();
    assertThat(bob.received(1000)).hasSize(1);
    assertThat(cyd.received(1000)).hasSize(1);
    byte[] packet = bob.received(1000).get(0);
    ExtensionReader reader = new ExtensionReader();
    assertThat(reader.value(packet, 0, TestBridge.LEVEL_ID, 1)).isEqualTo(37);
    assertThat(reader.value(packet, 0, TestBridge.TCC_ID, 2)).isNotNegative();
  }

  @Test
  void eachReceiverGetsItsOwnTransportSequenceAndNobodyTheMid() {
    bob.say(SEE_720);
    annSendsFrame(true);
    ann.audio(1000, 90, 960);
    ExtensionReader reader = new ExtensionReader();
    List<Integer> numbers = new ArrayList<>();
    for (byte[] packet : bob.transport.rtp) {
      numbers.add(reader.value(packet, 0, TestBridge.TCC_ID, 2));
      assertThat(reader.value(packet, 0, TestBridge.MID_ID, 1)).isEqualTo(-1);
    }
    assertThat(numbers).hasSizeGreaterThan(1);
    for (int i = 1; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
    }
  }

  @Test
  void noVideoBeforeTheFirstConstraints() {
    annSendsFrame(true);
    assertThat(bob.received(ANN_VIDEO)).isEmpty();
    bob.say(SEE_720);
    annSendsFrame(true);
    assertThat(bob.received(ANN_VIDEO)).isNotEmpty();
    assertThat(cyd.received(ANN_VIDEO)).isEmpty();
  }

  @Test
  void theFirstConstraintsMean180WithoutADefault() {
    bob.say("{'colibriClass':'ReceiverVideoConstraints','lastN':-1}");
    assertThat(height(ann, "ann-v0")).isEqualTo(180);
  }

  @Test
  void layersChangeAtKeyFramesOnlyAndTheReceiverSeesOneStream() {
    bridge.modify(TestBridge.withoutTransportCc("bob"));
    bob.say(SEE_180);
    annSendsFrame(true);
    annSendsFrame(false);
    assertThat(bob.marks(ANN_VIDEO)).containsExactly(1, 4);
    bob.say(SEE_720);
    annSendsFrame(false);
    assertThat(bob.marks(ANN_VIDEO)).containsExactly(1, 4, 7);
    assertThat(ann.keyFrameRequests()).contains(ANN_VIDEO + 2);
    annSendsFrame(true);
    annSendsFrame(false);
    // The frame's 180, 360 and 720 line encodings come one after the other.
    assertThat(bob.marks(ANN_VIDEO)).containsExactly(1, 4, 7, 10, 11, 12, 15);
    List<byte[]> packets = bob.received(ANN_VIDEO);
    for (int i = 1; i < packets.size(); i++) {
      assertThat(RtpHeader.sequence(packets.get(i), 0))
          .isEqualTo(RtpHeader.sequence(packets.get(i - 1), 0) + 1);
      assertThat(RtpHeader.timestamp(packets.get(i), 0))
          .isGreaterThan(RtpHeader.timestamp(packets.get(i - 1), 0));
    }
    bob.say(SEE_180);
    annSendsFrame(false);
    assertThat(bob.marks(ANN_VIDEO)).endsWith(18);
    annSendsFrame(true);
    annSendsFrame(false);
    assertThat(bob.marks(ANN_VIDEO)).endsWith(19, 22);
  }

  @Test
  void aLayerThatItsSenderTurnedOffIsLeftForTheNextBest() {
    bob.say(SEE_720);
    annSendsFrame(true);
    for (int i = 0; i < 30; i++) {
      timestamp += 3000;
      ann.video(ANN_VIDEO, 0, timestamp);
      ann.video(ANN_VIDEO + 1, 0, timestamp);
      bridge.loop.advance(Duration.ofMillis(33));
    }
    assertThat(ann.keyFrameRequests()).contains(ANN_VIDEO + 1);
    ann.video(ANN_VIDEO, 180, timestamp + 3000);
    int best = ann.video(ANN_VIDEO + 1, 360, timestamp + 3000);
    assertThat(bob.marks(ANN_VIDEO)).endsWith(best);
  }

  @Test
  void sendersAreAskedForTheGreatestHeightThatAnybodyWants() {
    bridge.modify(TestBridge.withoutTransportCc("cyd"));
    assertThat(height(ann, "ann-v0")).isZero();
    bob.say(SEE_180);
    assertThat(height(ann, "ann-v0")).isEqualTo(180);
    cyd.say(
        "{'colibriClass':'ReceiverVideoConstraints','onStageSources':['ann-v0'],"
            + "'constraints':{'ann-v0':{'maxHeight':720}}}");
    assertThat(height(ann, "ann-v0")).isEqualTo(720);
    assertThat(height(bob, "bob-v0")).isEqualTo(180);
    cyd.say("{'colibriClass':'ReceiverVideoConstraints','lastN':0}");
    bridge.loop.advance(Duration.ofSeconds(3));
    assertThat(height(ann, "ann-v0")).isEqualTo(180);
    assertThat(height(bob, "bob-v0")).isEqualTo(0);
  }

  private static int height(Client client, String source) {
    return client.channel.all("SenderSourceConstraints").stream()
        .filter(message -> message.get("sourceName").asText().equals(source))
        .reduce((first, second) -> second)
        .orElseThrow()
        .get("maxHeight")
        .asInt();
  }

  @Test
  void receiversAreToldWhatTheyReceive() {
    cyd.say(SEE_720);
    assertThat(cyd.channel.last("ForwardedSources").get("forwardedSources").toString())
        .contains("ann-v0")
        .contains("bob-v0");
    cyd.say("{'colibriClass':'ReceiverVideoConstraints','lastN':1,'selectedSources':['bob-v0']}");
    assertThat(cyd.channel.last("ForwardedSources").get("forwardedSources").toString())
        .isEqualTo("[\"bob-v0\"]");
    cyd.say("{'colibriClass':'LastNChangedEvent','lastN':0}");
    assertThat(cyd.channel.last("ForwardedSources").get("forwardedSources")).isEmpty();
  }

  @Test
  void aMutedCameraMakesRoomForAnother() {
    cyd.say("{'colibriClass':'ReceiverVideoConstraints','lastN':1,'selectedSources':['bob-v0']}");
    bob.say("{'colibriClass':'SourceVideoTypeMessage','sourceName':'bob-v0','videoType':'none'}");
    assertThat(cyd.channel.last("ForwardedSources").get("forwardedSources").toString())
        .isEqualTo("[\"ann-v0\"]");
  }

  @Test
  void whoSpeaksIsAnnouncedAndRankedFirst() {
    for (int i = 0; i < 100; i++) {
      bob.audio(3000, 40 + 60 * (i % 2), 960 * i);
      ann.audio(1000, 95 + i % 8, 960 * i);
      bridge.loop.advance(Duration.ofMillis(20));
    }
    assertThat(
            cyd.channel
                .last("DominantSpeakerEndpointChangeEvent")
                .get("dominantSpeakerEndpoint")
                .asText())
        .isEqualTo("ann");
    for (int i = 100; i < 300; i++) {
      ann.audio(1000, 10, 960 * i);
      bob.audio(3000, 95 + i % 8, 960 * i);
      bridge.loop.advance(Duration.ofMillis(20));
    }
    var event = cyd.channel.last("DominantSpeakerEndpointChangeEvent");
    assertThat(event.get("dominantSpeakerEndpoint").asText()).isEqualTo("bob");
    assertThat(event.get("previousSpeakers").get(0).asText()).isEqualTo("ann");
    assertThat(ann.openChannel().last("DominantSpeakerEndpointChangeEvent")).isEqualTo(event);
  }

  @Test
  void forceMutedMediaIsDropped() {
    bridge.modify(TestBridge.forceMute("ann", MediaKind.AUDIO));
    ann.audio(1000, 90, 960);
    assertThat(bob.received(1000)).isEmpty();
    bridge.modify(TestBridge.forceMute("ann"));
    ann.audio(1000, 90, 1920);
    assertThat(bob.received(1000)).hasSize(1);
  }

  @Test
  void unsignalledStreamsAreDropped() {
    ann.audio(9999, 90, 960);
    ann.audio(3000, 90, 960);
    assertThat(cyd.transport.rtp).isEmpty();
    assertThat(bridge.bridge.metrics().snapshot()).containsEntry("packets_unsignalled", 2L);
  }

  @Test
  void aScreenHasOneEncodingAndStartsAtAKeyFrame() {
    bob.say(SEE_180);
    bridge.modify(TestBridge.sources("cyd", audio("cyd", 5000), screen("cyd", 6000)));
    cyd.video(6000, 0, 3000);
    assertThat(bob.received(6000)).isEmpty();
    bridge.loop.advance(Duration.ofMillis(50));
    assertThat(cyd.keyFrameRequests()).contains(6000);
    cyd.video(6000, 1080, 6000);
    cyd.video(6000, 0, 9000);
    assertThat(bob.received(6000)).hasSize(2);
  }

  @Test
  void theLoopWakesFewTimesForPeopleWhoAreSilent() {
    bridge.loop.advance(Duration.ofSeconds(5));
    int before = bridge.loop.ended;
    bridge.loop.advance(Duration.ofSeconds(10));
    assertThat(bridge.loop.ended - before).isBetween(10, 40);

    ann.audio(1000, 90, 960);
    bridge.loop.advance(Duration.ofMillis(250));
    before = bridge.loop.ended;
    bridge.loop.advance(Duration.ofSeconds(1));
    assertThat(bridge.loop.ended - before).isGreaterThanOrEqualTo(20);
  }

  @Test
  void audioSubscriptionsChooseSources() {
    cyd.say("{'colibriClass':'ReceiverAudioSubscription','all':true,'exclude':['ann-a0']}");
    ann.audio(1000, 90, 960);
    bob.audio(3000, 90, 960);
    assertThat(cyd.received(1000)).isEmpty();
    assertThat(cyd.received(3000)).hasSize(1);
    cyd.say("{'colibriClass':'ReceiverAudioSubscription','mode':'All','list':[]}");
    ann.audio(1000, 90, 1920);
    assertThat(cyd.received(1000)).hasSize(1);
  }

  @Test
  void anEndpointThatFallsSilentIsReportedAndSoIsItsReturn() {
    keepAlive(ann, cyd, Duration.ofSeconds(10));
    assertThat(ann.channel.last("EndpointConnectivityStatusChangeEvent").toString())
        .contains("\"endpoint\":\"bob\"")
        .contains("\"active\":\"false\"");
    bob.transport.lastActivityNanos = bridge.loop.nanoTime();
    keepAlive(ann, cyd, Duration.ofSeconds(2));
    assertThat(ann.channel.last("EndpointConnectivityStatusChangeEvent").toString())
        .contains("\"active\":\"true\"");
  }

  @Test
  void anEndpointWithoutAnySignOfLifeExpires() {
    keepAlive(ann, cyd, Duration.ofSeconds(62));
    assertThat(bridge.transports.get("bob").closed).isTrue();
    assertThat(bob.channel.closeCode).isEqualTo(1001);
    assertThat(ann.transport.closed).isFalse();
    assertThat(bridge.bridge.endpointCount()).isEqualTo(2);
  }

  private void keepAlive(Client first, Client second, Duration time) {
    for (long i = 0; i < time.toMillis(); i += 500) {
      first.transport.lastActivityNanos = bridge.loop.nanoTime();
      second.transport.lastActivityNanos = bridge.loop.nanoTime();
      bridge.loop.advance(Duration.ofMillis(500));
    }
  }

  @Test
  void whatALeaverSentIsGone() {
    bob.say(SEE_720);
    bridge.modify(EndpointModify.expire("ann"));
    assertThat(bob.channel.last("ForwardedSources").get("forwardedSources")).isEmpty();
    assertThat(bridge.transports.get("ann").closed).isTrue();
    bridge.modify(EndpointModify.expire("bob"));
    bridge.modify(EndpointModify.expire("cyd"));
    assertThat(bridge.bridge.conferenceCount()).isZero();
    assertThat(bridge.bridge.endpointCount()).isZero();
  }

  @Test
  void theStateOfAConferenceCanBeLookedAt() {
    bob.say(SEE_720);
    annSendsFrame(true);
    var state = bridge.bridge.debugState();
    bridge.loop.turn();
    assertThat(state).isCompleted();
    assertThat(state.join()).containsKey(TestBridge.MEETING);
  }
}
