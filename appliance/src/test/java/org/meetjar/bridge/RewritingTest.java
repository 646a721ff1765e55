package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.config.StreamSettings;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.RtcpVisitor;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;

/** Receivers that let the bridge rewrite SSRCs get the others on a few streams, told beforehand. */
class RewritingTest {
  static final StreamSettings FEW = new StreamSettings(2, 2, 3);

  private final TestBridge bridge = new TestBridge(FEW);

  static String watch(int lastN, String... selected) {
    String names = selected.length == 0 ? "" : "'" + String.join("','", selected) + "'";
    return "{'colibriClass':'ReceiverVideoConstraints','lastN':"
        + lastN
        + ",'selectedSources':["
        + names
        + "],'defaultConstraints':{'maxHeight':180}}";
  }

  /** The stream that stands for a source, by the last word of the bridge; there must be one. */
  static int ssrc(Client client, String kind, String source) {
    int ssrc = 0;
    for (JsonNode map : client.channel.all(kind + "SourcesMap")) {
      for (JsonNode mapping : map.path("mappedSources")) {
        int named = (int) mapping.path("ssrc").asLong();
        if (mapping.path("source").asText().equals(source)) {
          ssrc = named;
        } else if (named == ssrc) {
          ssrc = 0;
        }
      }
    }
    assertThat(ssrc).as(source).isNotZero();
    return ssrc;
  }

  private void pass(int millis) {
    bridge.loop.advance(Duration.ofMillis(millis));
  }

  private Client person(String id, int number) {
    return bridge.join(
        id, TestBridge.audio(id, number * 1000L), TestBridge.camera(id, number * 1000L + 100));
  }

  @Test
  void aVideoComesOnAStreamThatWasAnnounced() {
    Client ann = person("ann", 1);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(-1));
    ann.video(1100, 180, 3000);
    JsonNode mapping = viv.channel.last("VideoSourcesMap").path("mappedSources").path(0);
    assertThat(mapping.path("source").asText()).isEqualTo("ann-v0");
    assertThat(mapping.path("owner").asText()).isEqualTo("ann");
    assertThat(mapping.path("videoType").asText()).isEqualTo("camera");
    assertThat(mapping.path("rtx").asLong())
        .isPositive()
        .isNotEqualTo(mapping.path("ssrc").asLong());
    assertThat(viv.received((int) mapping.path("ssrc").asLong())).hasSize(1);
    assertThat(viv.received(1100)).isEmpty();
  }

  @Test
  void thoseWithoutGetEverySourceOnItsOwnStreamAsBefore() {
    Client ann = person("ann", 1);
    Client bob = bridge.join("bob");
    bridge.joinRewriting("viv").say(watch(-1));
    bob.say(watch(-1));
    ann.video(1100, 180, 3000);
    ann.audio(1000, 90, 960);
    assertThat(bob.received(1100)).hasSize(1);
    assertThat(bob.received(1000)).hasSize(1);
    assertThat(bob.channel.all("VideoSourcesMap")).isEmpty();
    assertThat(bob.channel.all("AudioSourcesMap")).isEmpty();
  }

  @Test
  void audioComesOnAnnouncedStreams() {
    Client ann = person("ann", 1);
    Client viv = bridge.joinRewriting("viv");
    ann.audio(1000, 90, 960);
    assertThat(viv.transport.rtp).as("while the stream is negotiated").isEmpty();
    pass(400);
    ann.audio(1000, 90, 20160);
    assertThat(viv.received(ssrc(viv, "Audio", "ann-a0"))).hasSize(1);
  }

  @Test
  void beforeTheChannelIsThereNothingComes() {
    Client ann = person("ann", 1);
    Client viv = bridge.joinRewriting("viv");
    pass(400);
    viv.channel.listener.onClosed(1006, "");
    bridge.loop.turn();
    Client eve = person("eve", 2);
    eve.audio(2000, 90, 960);
    ann.audio(1000, 90, 960);
    assertThat(viv.received(ssrc(viv, "Audio", "ann-a0"))).hasSize(1);
    assertThat(viv.transport.rtp).hasSize(1);
    viv.openChannel();
    assertThat(ssrc(viv, "Audio", "ann-a0")).isNotEqualTo(ssrc(viv, "Audio", "eve-a0"));
    pass(400);
    eve.audio(2000, 90, 1920);
    assertThat(viv.received(ssrc(viv, "Audio", "eve-a0"))).hasSize(1);
  }

  @Test
  void aStreamPassesToAnotherSourceAtItsKeyFrameWithoutASeam() {
    Client ann = person("ann", 1);
    Client bob = person("bob", 2);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(1, "ann-v0"));
    ann.video(1100, 180, 3000);
    ann.video(1100, 0, 6000);
    int stream = ssrc(viv, "Video", "ann-v0");
    viv.say(watch(1, "bob-v0"));
    assertThat(ssrc(viv, "Video", "bob-v0")).isEqualTo(stream);
    ann.video(1100, 0, 9000);
    bob.video(2100, 0, 500_000);
    pass(100);
    bob.video(2100, 180, 509_000);
    bob.video(2100, 0, 512_000);
    List<byte[]> received = viv.received(stream);
    assertThat(received).hasSize(4);
    assertThat(received)
        .extracting(packet -> RtpHeader.sequence(packet, 0))
        .containsExactly(1, 2, 3, 4);
    int first = RtpHeader.timestamp(received.get(1), 0);
    int second = RtpHeader.timestamp(received.get(2), 0);
    assertThat(second - first).isEqualTo(9000);
    assertThat(RtpHeader.timestamp(received.get(3), 0) - second).isEqualTo(3000);
  }

  @Test
  void whatIsMissingOfAStreamIsRepeatedFromTheSourceThatIsOnIt() {
    person("ann", 1).video(1100, 180, 3000);
    Client bob = person("bob", 2);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(1, "bob-v0"));
    int mark = bob.video(2100, 180, 3000);
    JsonNode mapping = viv.channel.last("VideoSourcesMap").path("mappedSources").path(0);
    int stream = (int) mapping.path("ssrc").asLong();
    viv.nack(stream, RtpHeader.sequence(viv.received(stream).get(0), 0));
    viv.pictureLoss(stream);
    pass(300);
    List<byte[]> repeated = viv.received((int) mapping.path("rtx").asLong());
    assertThat(repeated).hasSize(1);
    assertThat(Packets.mark(repeated.get(0), repeated.get(0).length)).isEqualTo(mark);
    assertThat(bob.keyFrameRequests()).contains(2100);
  }

  @Test
  void reportsNameTheStream() {
    Client ann = person("ann", 1);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(-1));
    RtcpWriter report = new RtcpWriter();
    report.clear();
    report.senderReport(1100, 5L << 32, 3000, 1, 100);
    ann.rtcp(report);
    ann.video(1100, 180, 3000);
    pass(200);
    List<Integer> reported = new ArrayList<>();
    viv.readRtcp(
        new RtcpVisitor() {
          @Override
          public void senderReport(int ssrc, long ntp, int rtp) {
            reported.add(ssrc);
          }
        });
    assertThat(reported).containsOnly(ssrc(viv, "Video", "ann-v0"));
  }

  @Test
  void aNewChannelHearsTheWholeMapping() {
    person("ann", 1);
    person("bob", 2);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(-1));
    RecordingChannel again = viv.openChannel();
    assertThat(again.last("VideoSourcesMap").path("mappedSources")).hasSize(2);
    assertThat(again.last("AudioSourcesMap").path("mappedSources")).hasSize(2);
  }

  @Test
  void whatChangesWhileAClientNegotiatesIsToldOnceMore() {
    person("ann", 1);
    person("bob", 2);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(1, "ann-v0"));
    pass(100);
    viv.say(watch(1, "bob-v0"));
    int told = viv.channel.all("VideoSourcesMap").size();
    pass(4_000);
    assertThat(viv.channel.all("VideoSourcesMap")).hasSize(told + 1);
    assertThat(viv.channel.last("VideoSourcesMap").path("mappedSources").path(0).path("source"))
        .hasToString("\"bob-v0\"");
    pass(4_000);
    assertThat(viv.channel.all("VideoSourcesMap")).hasSize(told + 1);
  }

  @Test
  void streamsAreNoMoreThanAreShownAtOnce() {
    List<Client> people = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      people.add(person("p" + i, i));
    }
    Client viv = bridge.joinRewriting("viv");
    Set<Long> streams = new HashSet<>();
    for (int i = 1; i <= 6; i++) {
      viv.say(watch(2, "p" + i + "-v0"));
      pass(1_000);
    }
    viv.channel
        .all("VideoSourcesMap")
        .forEach(
            map -> map.path("mappedSources").forEach(m -> streams.add(m.path("ssrc").asLong())));
    assertThat(streams).hasSize(2);
  }

  /** The acceptance of a session takes another way than the wishes on the channel. */
  @Test
  void aLastNThatComesWithTheSessionDoesNotUndoAWish() {
    person("ann", 1);
    person("bob", 2);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(1));
    EndpointModify accepted = TestBridge.sources("viv");
    bridge.modify(
        new EndpointModify(
            "viv",
            false,
            false,
            Set.of(),
            accepted.media(),
            accepted.transport(),
            accepted.sources(),
            accepted.forceMute(),
            OptionalInt.of(-1)));
    person("eve", 3);
    assertThat(viv.channel.last("ForwardedSources").path("forwardedSources")).hasSize(1);
  }

  @Test
  void whoComesBackIsAnnouncedAgain() {
    person("ann", 1);
    Client viv = bridge.joinRewriting("viv");
    viv.say(watch(-1));
    bridge.modify(EndpointModify.expire("ann"));
    int told = viv.channel.all("VideoSourcesMap").size();
    Client again = person("ann", 3);
    assertThat(viv.channel.all("VideoSourcesMap").size()).isGreaterThan(told);
    again.video(3100, 180, 3000);
    assertThat(viv.received(ssrc(viv, "Video", "ann-v0"))).hasSize(1);
  }
}
