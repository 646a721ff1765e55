package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.meetjar.rtp.LayeredSender.Sent;

/**
 * What a receiver of VP9 or AV1 sees can be decoded, and its numbers are one stream's, whatever
 * layers it gets, whatever is lost, and whichever of two encodings it comes from.
 */
class LayeredProjectionTest {
  private static final long FRAME_NANOS = 33_333_333;
  private static final Map<String, Integer> EXTENSIONS =
      Map.of(ExtensionKind.DEPENDENCY_DESCRIPTOR.uri(), LayeredSender.DESCRIPTOR_ID);

  /** A packet as the receiver got it. */
  private record Seen(
      Sent sent, long sequence, int timestamp, boolean marker, boolean empty, int number, int tl0)
      implements ForwardedStream.Forwarded {}

  private static final class Trial {
    final Random random;
    final VideoCodec codec;
    final LayeredSender[] senders;
    final CodecState[] states = {new CodecState(), new CodecState()};
    final EncodingProjection projection;
    final MediaPacket packet = new MediaPacket();
    final ExtensionMap extensions = new ExtensionMap(EXTENSIONS);
    final BadNetwork<Sent> network;
    final ForwardedStream<Seen> stream = new ForwardedStream<>();
    final FrameDescription got = new FrameDescription();
    final DependencyState receiver = new DependencyState();
    final Set<Integer> frames = new HashSet<>();
    int spatialLimit = 2;
    int temporalLimit = 2;
    double keyFrames = 0.1;

    /** Nothing is lost. */
    boolean whole;

    private int picture;

    Trial(long seed, VideoCodec codec, boolean independent, int encodings) {
      random = new Random(seed);
      network = new BadNetwork<>(random, this::receive);
      this.codec = codec;
      senders = new LayeredSender[encodings];
      SenderReportClock[] clocks = new SenderReportClock[encodings];
      for (int i = 0; i < encodings; i++) {
        senders[i] = new LayeredSender(random, codec, independent, i);
        clocks[i] = new SenderReportClock(90_000);
      }
      projection = new EncodingProjection(clocks);
      projection.target(0, 0);
    }

    void run(int pictures, double loss, double reorder, double changes) {
      whole = loss + reorder == 0;
      for (int end = picture + pictures; picture < end; picture++) {
        if (random.nextDouble() < changes) {
          spatialLimit = random.nextInt(3);
          temporalLimit = random.nextInt(3);
          projection.layerLimit(spatialLimit, temporalLimit);
          int target = random.nextInt(senders.length);
          projection.target(target, target);
        }
        for (LayeredSender sender : senders) {
          for (Sent next : sender.next(keyFrames)) {
            network.send(next, picture, loss, reorder);
          }
        }
        network.sent(picture);
      }
    }

    private void receive(Sent next) {
      byte[] in = next.bytes();
      assertThat(packet.take(in, 0, in.length, extensions, next.sequence())).isTrue();
      assertThat(packet.describe(codec, states[next.encoding()], true)).isTrue();
      if (projection.project(packet, next.encoding(), picture * FRAME_NANOS)) {
        packet.stamp(extensions, 0, 0);
        long sequence = stream.extend(RtpHeader.sequence(packet.bytes(), 0));
        stream.seen.add(read(next, sequence));
      }
    }

    /** Reads what goes out as the receiver does. */
    private Seen read(Sent sent, long sequence) {
      byte[] b = packet.bytes();
      boolean empty = packet.length() == packet.payloadOffset();
      int number = -1;
      got.clear();
      if (codec == VideoCodec.VP9 && !empty) {
        int size = packet.length() - packet.payloadOffset();
        assertThat(Vp9Payload.read(b, packet.payloadOffset(), size, got)).isTrue();
        number = got.pictureId;
      } else if (codec == VideoCodec.AV1 && !empty) {
        number = readDescriptor(b, sent, sequence);
      }
      if (!empty) {
        frames.add(sent.encoding() << 24 | sent.frame());
      }
      return new Seen(
          sent,
          sequence,
          RtpHeader.timestamp(b, 0),
          RtpHeader.marker(b, 0),
          empty,
          number,
          got.tl0PicIdx);
    }

    /** The layer of what came last. */
    int lastSpatial() {
      return stream.seen.get(stream.seen.size() - 1).sent().spatial();
    }

    private int readDescriptor(byte[] b, Sent sent, long sequence) {
      ExtensionReader reader = new ExtensionReader();
      reader.start(b, 0);
      while (reader.next()) {
        if (reader.id == LayeredSender.DESCRIPTOR_ID) {
          got.dependencies.read(b, reader.dataOffset, reader.dataLength, receiver, sequence, true);
        }
      }
      assertThat(got.dependencies.isPresent()).isTrue();
      // Identifiers come again after a few structures, which may all have been lost.
      if (got.dependencies.isKnown() && whole) {
        assertThat(got.dependencies.spatialId()).isEqualTo(sent.spatial());
        assertThat(got.dependencies.temporalId()).isEqualTo(sent.temporal());
        assertThat(got.dependencies.start).isEqualTo(sent.start());
      }
      return got.dependencies.frameNumber;
    }
  }

  private static VideoCodec codec(boolean av1) {
    return av1 ? VideoCodec.AV1 : VideoCodec.VP9;
  }

  @Property(tries = 300)
  void withoutLossEveryFrameHasAllThatItNeeds(
      @ForAll long seed, @ForAll boolean av1, @ForAll boolean independent) {
    Trial trial = new Trial(seed, codec(av1), independent, 1);
    trial.run(200, 0, 0, 0.1);
    Seen before = null;
    for (Seen now : trial.stream.seen) {
      assertThat(now.empty()).isFalse();
      for (int needed : now.sent().needs()) {
        assertThat(trial.frames).contains(needed);
      }
      if (before != null) {
        assertThat(now.sequence()).isEqualTo(before.sequence() + 1);
        boolean samePicture = now.sent().picture() == before.sent().picture();
        assertThat(before.marker()).as("the last of a picture is marked").isEqualTo(!samePicture);
        assertThat(now.timestamp() == before.timestamp()).isEqualTo(samePicture);
      }
      before = now;
    }
  }

  @Property(tries = 200)
  void theLimitsHoldAfterTheNextKeyPicture(
      @ForAll long seed, @ForAll boolean av1, @ForAll boolean independent) {
    Trial trial = new Trial(seed, codec(av1), independent, 1);
    trial.run(40, 0, 0, 0.2);
    int from = trial.stream.seen.size();
    trial.keyFrames = 1;
    trial.run(1, 0, 0, 0);
    trial.keyFrames = 0;
    trial.run(20, 0, 0, 0);
    Set<Integer> spatial = new HashSet<>();
    Set<Integer> temporal = new HashSet<>();
    for (Seen now : trial.stream.seen.subList(from, trial.stream.seen.size())) {
      spatial.add(now.sent().spatial());
      temporal.add(now.sent().temporal());
    }
    assertThat(spatial).allMatch(layer -> layer <= trial.spatialLimit).contains(trial.spatialLimit);
    assertThat(temporal)
        .allMatch(layer -> layer <= trial.temporalLimit)
        .contains(trial.temporalLimit);
    assertThat(trial.projection.waitsForKeyFrame()).isFalse();
  }

  @Property(tries = 200)
  void numbersGoOnFromOneEncodingToTheOther(@ForAll long seed, @ForAll boolean av1) {
    Trial trial = new Trial(seed, codec(av1), true, 2);
    trial.keyFrames = 0.2;
    trial.run(200, 0, 0, 0.1);
    Seen before = null;
    for (Seen now : trial.stream.seen) {
      if (before != null) {
        assertThat(now.sequence()).isEqualTo(before.sequence() + 1);
        int step = now.number() - before.number() & (av1 ? 0xffff : 0x7fff);
        boolean switched = now.sent().encoding() != before.sent().encoding();
        if (switched) {
          assertThat(now.sent().key() && now.sent().start()).isTrue();
          assertThat(step).isEqualTo(1);
          assertThat(now.tl0() - before.tl0() & 0xff).isEqualTo(av1 ? 0 : 1);
        } else {
          int frames = now.sent().frame() - before.sent().frame();
          int pictures = now.sent().picture() - before.sent().picture();
          assertThat(step).as("distances stay").isEqualTo(av1 ? frames : pictures);
        }
        assertThat(now.timestamp() - before.timestamp()).isNotNegative();
      }
      before = now;
    }
  }

  @Property(tries = 400)
  void lossAndReorderingKeepEveryNumberInItsPlace(
      @ForAll long seed, @ForAll boolean av1, @ForAll boolean independent, @ForAll boolean two) {
    Trial trial = new Trial(seed, codec(av1), independent, two ? 2 : 1);
    trial.run(200, 0.1, 0.15, 0.05);
    trial.stream.assertEveryNumberInItsPlace();
    Map<Integer, Integer> timestamps = new HashMap<>();
    for (Seen now : trial.stream.inOrder()) {
      if (!now.empty()) {
        Integer timestamp = timestamps.put(now.number(), now.timestamp());
        assertThat(timestamp).as("a picture has one time").isIn(null, now.timestamp());
      }
    }
  }

  @Property(tries = 100)
  void whatWasForwardedCanBeFoundAgain(@ForAll long seed, @ForAll boolean av1) {
    Trial trial = new Trial(seed, codec(av1), true, 1);
    trial.run(80, 0.05, 0.1, 0.05);
    trial.stream.assertFoundAgain(
        trial.projection,
        trial.packet,
        (sent, located) -> {
          byte[] bytes = sent.bytes();
          trial.packet.take(bytes, 0, bytes.length, trial.extensions, located.sequence());
          trial.packet.describe(trial.codec, trial.states[0], false);
        });
  }

  @Example
  void layersThatNeedTheLowerOnesGoDownWithoutAKeyFrame() {
    for (VideoCodec codec : List.of(VideoCodec.VP9, VideoCodec.AV1)) {
      Trial trial = new Trial(7, codec, false, 1);
      trial.keyFrames = 0;
      trial.run(10, 0, 0, 0);
      trial.projection.layerLimit(0, 2);
      trial.run(6, 0, 0, 0);
      assertThat(trial.projection.waitsForKeyFrame()).isFalse();
      assertThat(trial.lastSpatial()).isZero();
      trial.projection.layerLimit(2, 2);
      trial.run(6, 0, 0, 0);
      assertThat(trial.projection.waitsForKeyFrame()).as("up").isTrue();
    }
  }

  @Example
  void layersThatStandAloneGoUpAndDownWithKeyFramesOnly() {
    for (VideoCodec codec : List.of(VideoCodec.VP9, VideoCodec.AV1)) {
      Trial trial = new Trial(7, codec, true, 1);
      trial.keyFrames = 0;
      trial.run(10, 0, 0, 0);
      trial.projection.layerLimit(0, 2);
      trial.run(6, 0, 0, 0);
      assertThat(trial.projection.waitsForKeyFrame()).isTrue();
      assertThat(trial.lastSpatial()).isEqualTo(2);
      trial.keyFrames = 1;
      trial.run(1, 0, 0, 0);
      assertThat(trial.projection.waitsForKeyFrame()).isFalse();
      assertThat(trial.lastSpatial()).isZero();
    }
  }
}
