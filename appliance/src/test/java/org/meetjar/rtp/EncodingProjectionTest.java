package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.meetjar.rtp.SimulcastSender.Sent;

/** What a receiver sees is one stream, whatever happens before it. */
class EncodingProjectionTest {
  private static final long FRAME_NANOS = 33_333_333;

  /** A packet as the receiver got it. */
  private record Seen(Sent sent, long sequence, int timestamp, int pictureId, int tl0PicIdx)
      implements ForwardedStream.Forwarded {}

  /** Runs a sender, a bad network and a receiver who changes its mind. */
  private static final class Trial {
    final Random random;
    final int layers;
    final SimulcastSender sender;
    final SenderReportClock[] clocks;
    final EncodingProjection projection;
    final MediaPacket packet = new MediaPacket();
    final CodecState state = new CodecState();
    final Vp8Descriptor vp8 = new Vp8Descriptor();
    final BadNetwork<Sent> network;
    final ForwardedStream<Seen> stream = new ForwardedStream<>();
    private int frame;

    Trial(long seed, int layers, boolean reports) {
      random = new Random(seed);
      network = new BadNetwork<>(random, this::receive);
      this.layers = layers;
      sender = new SimulcastSender(random, layers);
      clocks = new SenderReportClock[layers];
      for (int i = 0; i < layers; i++) {
        clocks[i] = new SenderReportClock(90_000);
        if (reports) {
          clocks[i].report(SimulcastSender.ntp(0), sender.timestamp(i, 0), 0);
        }
      }
      projection = new EncodingProjection(clocks);
    }

    void run(int frames, double loss, double reorder, double changes, boolean temporal) {
      aim(temporal);
      for (frame = 0; frame < frames; frame++) {
        if (random.nextDouble() < changes) {
          aim(temporal);
        }
        for (Sent next : sender.next(0.15)) {
          network.send(next, frame, loss, reorder);
        }
        network.sent(frame);
      }
    }

    private void aim(boolean temporal) {
      int target = random.nextInt(layers + 1) - 1;
      projection.target(target, target);
      if (temporal) {
        projection.layerLimit(0, random.nextInt(3));
      }
    }

    private void receive(Sent next) {
      packet.take(next.bytes(), 0, next.bytes().length, ExtensionMap.EMPTY, next.sequence());
      assertThat(packet.describe(VideoCodec.VP8, state, true)).isTrue();
      if (projection.project(packet, next.encoding(), frame * FRAME_NANOS)) {
        byte[] b = packet.bytes();
        assertThat(vp8.parse(b, packet.payloadOffset(), packet.length() - packet.payloadOffset()))
            .isTrue();
        stream.seen.add(
            new Seen(
                next,
                stream.extend(RtpHeader.sequence(b, 0)),
                RtpHeader.timestamp(b, 0),
                vp8.pictureId,
                vp8.tl0PicIdx));
      }
    }
  }

  @Property(tries = 300)
  void withoutLossNothingIsMissing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int layers, @ForAll boolean reports) {
    Trial trial = new Trial(seed, layers, reports);
    trial.run(200, 0, 0, 0.1, true);
    Seen before = null;
    for (Seen now : trial.stream.seen) {
      if (before != null) {
        assertThat(now.sequence()).isEqualTo(before.sequence() + 1);
        boolean sameFrame =
            now.sent().frame() == before.sent().frame()
                && now.sent().encoding() == before.sent().encoding();
        if (sameFrame) {
          assertThat(now.pictureId()).isEqualTo(before.pictureId());
          assertThat(now.timestamp()).isEqualTo(before.timestamp());
          assertThat(now.tl0PicIdx()).isEqualTo(before.tl0PicIdx());
        } else {
          assertThat(now.pictureId()).isEqualTo(before.pictureId() + 1 & 0x7fff);
          assertThat(now.timestamp() - before.timestamp()).isPositive();
          int step = now.sent().temporalId() == 0 ? 1 : 0;
          assertThat(now.tl0PicIdx()).isEqualTo(before.tl0PicIdx() + step & 0xff);
          assertThat(now.sent().start()).isTrue();
        }
        if (now.sent().encoding() != before.sent().encoding()) {
          assertThat(now.sent().key()).isTrue();
        }
      }
      before = now;
    }
  }

  @Property(tries = 100)
  void timestampsFollowTheSendersClock(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int layers) {
    Trial trial = new Trial(seed, layers, true);
    trial.run(300, 0, 0, 0.05, false);
    for (Seen now : trial.stream.seen) {
      Seen first = trial.stream.seen.get(0);
      int frames = now.sent().frame() - first.sent().frame();
      // A switch may move on by one tick where both encodings have the same frame.
      assertThat(now.timestamp() - first.timestamp() - frames * SimulcastSender.TICKS_PER_FRAME)
          .isBetween(-30, 30);
    }
  }

  @Property(tries = 500)
  void lossAndReorderingKeepEveryNumberInItsPlace(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int layers,
      @ForAll boolean reports,
      @ForAll boolean temporal) {
    Trial trial = new Trial(seed, layers, reports);
    trial.run(250, 0.1, 0.15, 0.05, temporal);
    Set<Integer> marks = new HashSet<>();
    for (Seen now : trial.stream.seen) {
      assertThat(marks.add(now.sent().mark())).as("no packet goes out twice").isTrue();
    }
    trial.stream.assertEveryNumberInItsPlace();
    Seen before = null;
    Map<Integer, Integer> timestampByPicture = new HashMap<>();
    for (Seen now : trial.stream.inOrder()) {
      if (before != null) {
        assertThat((now.pictureId() - before.pictureId() & 0x7fff)).isLessThan(0x4000);
      }
      Integer timestamp = timestampByPicture.put(now.pictureId(), now.timestamp());
      assertThat(timestamp).as("a picture has one time").isIn(null, now.timestamp());
      before = now;
    }
  }

  @Property(tries = 200)
  void whatWasForwardedCanBeFoundAgain(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int layers) {
    Trial trial = new Trial(seed, layers, true);
    trial.run(120, 0.05, 0.1, 0.05, true);
    trial.stream.assertFoundAgain(
        trial.projection,
        trial.packet,
        (sent, located) -> {
          byte[] bytes = sent.bytes();
          trial.packet.take(bytes, 0, bytes.length, ExtensionMap.EMPTY, located.sequence());
          trial.packet.describe(VideoCodec.VP8, trial.state, false);
        });
  }

  @Example
  void aKeyFrameOlderThanOneThatTheReceiverHadIsNoWayBack() {
    SenderReportClock[] clocks = {new SenderReportClock(90_000), new SenderReportClock(90_000)};
    for (SenderReportClock clock : clocks) {
      clock.report(SimulcastSender.ntp(0), 0, 0);
    }
    EncodingProjection projection = new EncodingProjection(clocks);
    projection.target(1, 1);
    assertThat(project(projection, 1, 20, 2)).isTrue();
    projection.target(0, 0);
    assertThat(project(projection, 0, 5, 3)).isTrue();
    projection.target(1, 1);

    // it was overtaken on the way
    assertThat(project(projection, 1, 19, 1)).isFalse();
    assertThat(projection.current()).isZero();
    assertThat(project(projection, 1, 22, 4)).isTrue();
    assertThat(projection.current()).isEqualTo(1);
  }

  /** Projects a key frame of one packet. */
  private static boolean project(
      EncodingProjection projection, int encoding, int sequence, int frame) {
    int timestamp = frame * SimulcastSender.TICKS_PER_FRAME;
    byte[] payload = Packets.vp8(true, frame, frame, 0, false, 180, sequence);
    byte[] bytes = Packets.rtp(Packets.VP8, true, sequence, timestamp, encoding, payload);
    MediaPacket packet = new MediaPacket();
    packet.take(bytes, 0, bytes.length, ExtensionMap.EMPTY, sequence);
    assertThat(packet.describe(VideoCodec.VP8, new CodecState(), true)).isTrue();
    return projection.project(packet, encoding, frame * FRAME_NANOS);
  }
}
