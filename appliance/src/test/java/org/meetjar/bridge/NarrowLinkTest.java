package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.bridge.TestBridge.audio;
import static org.meetjar.bridge.TestBridge.camera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.RtpHeader;

/** What somebody behind a narrow link gets of a conference, in virtual time. */
class NarrowLinkTest {
  private static final int ANN_AUDIO = 1000;
  private static final int ANN_VIDEO = 2000;
  private static final int[] BITRATES = {180_000, 600_000, 2_000_000};
  private static final String SEE_720 =
      "{'colibriClass':'ReceiverVideoConstraints','lastN':-1,'onStageSources':['ann-v0'],"
          + "'defaultConstraints':{'maxHeight':720}}";

  private final TestBridge bridge = new TestBridge();
  private final Client ann = bridge.join("ann", audio("ann", ANN_AUDIO), camera("ann", ANN_VIDEO));
  private final NarrowReceiver bob = new NarrowReceiver(bridge.join("bob", audio("bob", 3000)));
  private final Map<Integer, Integer> sequences = new HashMap<>();
  private int ms;
  private int picture;
  private int mark;

  /** Both send and receive for a while: sound, three encodings, key frames when asked for. */
  private void run(int millis) {
    for (int end = ms + millis; ms < end; ms += 5) {
      if (ms % 20 == 0) {
        ann.audio(ANN_AUDIO, 90, ms * 48);
      }
      if (ms % 35 == 0) {
        frame();
      }
      bridge.loop.advance(Duration.ofMillis(5));
      bob.take(bridge.loop.nanoTime());
    }
  }

  /** Bob sees Ann while his link is wide, and then for so long over one of this rate. */
  private void bobSeesAnnOver(long rateBps, int millis) {
    bob.client.say(SEE_720);
    run(3_000);
    bob.link.rateBps = rateBps;
    run(millis);
  }

  /** Ann sends a key frame that such a link is long busy with. */
  private void largeKeyFrame() {
    picture++;
    sendFrame(0, true, 40_000);
  }

  private double secondsUntil(BooleanSupplier holds, int seconds) {
    int start = ms;
    while (!holds.getAsBoolean() && ms - start < 1000 * seconds) {
      run(50);
    }
    return (ms - start) / 1000.0;
  }

  private void frame() {
    boolean key = !ann.keyFrameRequests().isEmpty() || picture == 0;
    ann.transport.rtcp.clear();
    picture++;
    for (int layer = 0; layer < 3; layer++) {
      sendFrame(layer, key, (key ? 3 : 1) * BITRATES[layer] * 35 / 8000);
    }
  }

  private void sendFrame(int layer, boolean key, int size) {
    int ssrc = ANN_VIDEO + layer;
    int left = size;
    for (boolean start = true; left > 0; start = false) {
      byte[] head = Packets.vp8(start, picture, picture, 0, false, key ? 180 << layer : 0, ++mark);
      byte[] payload = new byte[Math.max(head.length, Math.min(left, 1100))];
      System.arraycopy(head, 0, payload, 0, head.length);
      left -= payload.length;
      int sequence = sequences.merge(ssrc, 1, Integer::sum);
      ann.rtp(Packets.rtp(Packets.VP8, left <= 0, sequence, ms * 90, ssrc, payload));
    }
  }

  private JsonNode forwarding() {
    return state().at("/" + TestBridge.MEETING + "/endpoints/bob/receives/ann-v0");
  }

  private JsonNode state() {
    var all = bridge.bridge.debugState();
    bridge.loop.turn();
    return new ObjectMapper().valueToTree(all.join());
  }

  private int shown() {
    return forwarding().path("current").asInt(-1);
  }

  private int heightAsked() {
    return ann.channel.all("SenderSourceConstraints").stream()
        .reduce((first, second) -> second)
        .orElseThrow()
        .get("maxHeight")
        .asInt();
  }

  @Test
  void aWideLinkGetsAllQuicklyAndNothingWaits() {
    bob.client.say(SEE_720);
    assertThat(secondsUntil(() -> shown() == 2, 20)).isLessThan(4);
    assertThat(heightAsked()).isEqualTo(720);
    run(10_000);
    assertThat(shown()).isEqualTo(2);
    Map<String, Long> before = bridge.bridge.metrics().snapshot();
    run(10_000);
    assertThat(bridge.bridge.metrics().snapshot())
        .containsEntry("packets_paced", before.get("packets_paced"))
        .containsEntry("packets_probing", before.get("packets_probing"))
        .containsEntry("encoding_switches", before.get("encoding_switches"));
  }

  @Test
  void aLinkThatIsCutGetsLessAtOnceAndAllAgainLater() {
    bob.client.say(SEE_720);
    run(10_000);
    assertThat(shown()).isEqualTo(2);
    bob.link.rateBps = 500_000;
    assertThat(secondsUntil(() -> shown() == 0, 20)).isLessThan(3);
    run(5_000);
    assertThat(heightAsked()).isEqualTo(180);
    bob.worstSoundDelayNanos = 0;
    long switches = bridge.bridge.metrics().snapshot().get("encoding_switches");
    run(20_000);
    assertThat(shown()).isZero();
    assertThat(bob.worstSoundDelayNanos).isLessThan(200_000_000);
    assertThat(bridge.bridge.metrics().snapshot()).containsEntry("encoding_switches", switches);
    bob.link.rateBps = 10_000_000;
    assertThat(secondsUntil(() -> shown() == 2, 60)).isLessThan(15);
    assertThat(heightAsked()).isEqualTo(720);
  }

  @Test
  void aLinkForSoundOnlyKeepsItAndPicturesResumeWhenItWidens() {
    bobSeesAnnOver(90_000, 15_000);
    assertThat(bob.client.channel.last("ForwardedSources").get("forwardedSources")).isEmpty();
    assertThat(heightAsked()).isZero();
    int before = bob.soundPackets;
    run(10_000);
    assertThat(bob.soundPackets - before).isBetween(490, 510);
    bob.link.rateBps = 10_000_000;
    assertThat(secondsUntil(() -> shown() == 2, 60)).isLessThan(20);
    assertThat(bob.client.channel.last("ForwardedSources").get("forwardedSources")).hasSize(1);
  }

  @Test
  void aKeyFrameDoesNotFloodANarrowLinkAndSoundDoesNotWaitForIt() {
    bobSeesAnnOver(400_000, 10_000);
    int before = bob.client.transport.rtp.size();
    largeKeyFrame();
    int atOnce = bob.client.transport.rtp.size() - before;
    assertThat(atOnce).isBetween(1, 20);
    ann.audio(ANN_AUDIO, 90, ms * 48);
    byte[] last = bob.client.transport.rtp.get(bob.client.transport.rtp.size() - 1);
    assertThat(RtpHeader.ssrc(last, 0)).isEqualTo(ANN_AUDIO);
    bridge.loop.advance(Duration.ofMillis(600));
    List<byte[]> video = bob.client.received(ANN_VIDEO);
    assertThat(video.size()).isGreaterThan(35);
    for (int i = video.size() - 30; i < video.size(); i++) {
      assertThat(RtpHeader.sequence(video.get(i), 0))
          .isEqualTo(RtpHeader.sequence(video.get(i - 1), 0) + 1 & 0xffff);
    }
    assertThat(bridge.bridge.metrics().snapshot().get("packets_paced")).isPositive();
    assertThat(state().at("/" + TestBridge.MEETING + "/endpoints/bob/waiting").asInt()).isZero();
  }

  @Test
  void whoLeavesTakesWhatWaitedAlong() {
    bobSeesAnnOver(400_000, 10_000);
    largeKeyFrame();
    bridge.modify(EndpointModify.expire("bob"));
    int sent = bob.client.transport.rtp.size();
    bridge.loop.advance(Duration.ofSeconds(2));
    assertThat(bob.client.transport.rtp).hasSize(sent);
    bridge.modify(EndpointModify.expire("ann"));
    assertThat(bridge.bridge.conferenceCount()).isZero();
  }

  @Test
  void fewLossesTakeNothingAwayForGood() {
    bob.link.rateBps = 6_000_000;
    bob.link.loss = 0.05;
    bob.client.say(SEE_720);
    run(20_000);
    int best = 0;
    for (int i = 0; i < 100; i++) {
      run(100);
      best += shown() == 2 ? 1 : 0;
    }
    assertThat(best).isGreaterThan(80);
  }

  @Test
  void aReceiverThatEstimatesByItselfIsBelieved() {
    bridge.modify(TestBridge.withoutTransportCc("bob"));
    bob.client.say(SEE_720);
    run(2_000);
    assertThat(shown()).isEqualTo(2);
    bob.client.rtcp(remb(300_000));
    run(2_000);
    assertThat(shown()).isZero();
    bob.client.rtcp(remb(8_000_000));
    run(10_000);
    assertThat(shown()).isEqualTo(2);
  }

  private static byte[] remb(int bps) {
    int exponent = Math.max(0, 32 - Integer.numberOfLeadingZeros(bps) - 18);
    int mantissa = bps >> exponent;
    return new byte[] {
      (byte) 0x8f,
      (byte) 206,
      0,
      5,
      0,
      0,
      0,
      9,
      0,
      0,
      0,
      0,
      'R',
      'E',
      'M',
      'B',
      1,
      (byte) (exponent << 2 | mantissa >> 16),
      (byte) (mantissa >> 8),
      (byte) mantissa,
      0,
      0,
      7,
      0xd
    };
  }
}
