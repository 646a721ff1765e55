package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.MediaSource.SsrcGroup;
import org.meetjar.rtp.LayeredSender;
import org.meetjar.rtp.LayeredSender.Sent;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.rtp.VideoCodec;

/** A camera whose sizes are layers of one stream. */
class LayeredSourceTest {
  private static final int SSRC = 7;
  private static final String SEE =
      "{'colibriClass':'ReceiverVideoConstraints','lastN':-1,'defaultConstraints':{'maxHeight':%d}}";

  private final TestBridge bridge = new TestBridge();
  private final Client ann = bridge.join("ann", camera());
  private final Client bob = bridge.join("bob");
  private final Client cyd = bridge.join("cyd");
  private final LayeredSender sender = new LayeredSender(new Random(1), VideoCodec.VP9, true, SSRC);

  /** The network is not what is tried here: nobody's feedback limits anything. */
  LayeredSourceTest() {
    bridge.modify(TestBridge.withoutTransportCc("bob"));
    bridge.modify(TestBridge.withoutTransportCc("cyd"));
  }

  /** Three SSRCs are announced for simulcast, and only the first is used. */
  private static MediaSource camera() {
    return new MediaSource(
        "ann-v0",
        MediaKind.VIDEO,
        MediaSource.VideoType.CAMERA,
        List.of(7L, 8L, 9L, 17L),
        List.of(new SsrcGroup("SIM", List.of(7L, 8L, 9L)), new SsrcGroup("FID", List.of(7L, 17L))));
  }

  private void annSends(int pictures, boolean key, int layers) {
    for (int i = 0; i < pictures; i++) {
      for (Sent next : sender.next(key ? 1 : 0)) {
        if (next.spatial() < layers) {
          ann.rtp(next.bytes());
        }
      }
      bridge.loop.advance(Duration.ofMillis(33));
    }
  }

  /** The spatial layers of what has come since the last question. */
  private static Set<Integer> layers(Client client) {
    Set<Integer> layers = new TreeSet<>();
    for (byte[] packet : client.received(SSRC)) {
      int payload = RtpHeader.length(packet, 0);
      // What stands for a packet of another layer behind a gap is empty.
      if (packet.length > payload) {
        layers.add(packet[payload + 3] >> 1 & 7);
      }
    }
    client.transport.rtp.clear();
    return layers;
  }

  private int wanted() {
    return ann.channel.last("SenderSourceConstraints").get("maxHeight").asInt();
  }

  @Test
  void everybodyGetsTheLayerThatIsWanted() {
    bob.say(SEE.formatted(180));
    cyd.say(SEE.formatted(720));
    assertThat(wanted()).isEqualTo(720);
    annSends(1, true, 3);
    layers(bob);
    layers(cyd);
    annSends(1, true, 3);
    assertThat(layers(bob)).containsExactly(0);
    assertThat(layers(cyd)).as("a key picture's layers need the lower ones").contains(0, 1, 2);
    annSends(4, false, 3);
    assertThat(layers(bob)).containsExactly(0);
    assertThat(layers(cyd)).containsExactly(2);
  }

  @Test
  void anotherLayerIsAskedForByAKeyFrame() {
    bob.say(SEE.formatted(180));
    annSends(2, true, 3);
    annSends(20, false, 3);
    layers(bob);
    ann.transport.rtcp.clear();
    bob.say(SEE.formatted(360));
    annSends(4, false, 3);
    assertThat(layers(bob)).containsExactly(0);
    assertThat(ann.keyFrameRequests()).contains(SSRC);
    annSends(1, true, 3);
    layers(bob);
    annSends(4, false, 3);
    assertThat(layers(bob)).containsExactly(1);
  }

  @Test
  void aLayerThatIsNotSentAnyMoreIsReplacedByTheNextLower() {
    bob.say(SEE.formatted(720));
    annSends(2, true, 3);
    annSends(20, false, 3);
    ann.transport.rtcp.clear();
    annSends(10, false, 2);
    assertThat(ann.keyFrameRequests()).contains(SSRC);
    layers(bob);
    annSends(1, true, 2);
    layers(bob);
    annSends(4, false, 2);
    assertThat(layers(bob)).containsExactly(1);
  }

  @Test
  void theSizesAndRatesOfTheLayersAreThoseOfTheStream() {
    bob.say(SEE.formatted(720));
    annSends(30, true, 3);
    CompletableFuture<Map<String, Object>> asked = bridge.bridge.debugState();
    bridge.loop.turn();
    Map<?, ?> state = asked.join();
    assertThat(state.toString()).contains("spatial=3").contains("height=720").contains("codec=VP9");
  }

  @Test
  void aSenderMayGoBackToSimulcast() {
    bob.say(SEE.formatted(180));
    annSends(2, true, 3);
    annSends(4, false, 3);
    layers(bob);
    bridge.loop.advance(Duration.ofSeconds(2));
    int timestamp = 5000;
    for (int i = 0; i < 100; i++) {
      timestamp += 3000;
      for (int layer = 0; layer < 3; layer++) {
        ann.video(SSRC + layer, 180 << layer, timestamp + 1_000_000 + layer);
      }
      bridge.loop.advance(Duration.ofMillis(33));
    }
    List<byte[]> packets = bob.received(SSRC);
    assertThat(packets).isNotEmpty();
    assertThat(RtpHeader.payloadType(packets.get(packets.size() - 1), 0)).isEqualTo(100);
  }
}
