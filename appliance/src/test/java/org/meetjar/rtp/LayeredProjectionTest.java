package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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
      Sent sent,
      long sequence,
      int timestamp,
      boolean marker,
      boolean empty,
      int number,
      int tl0) {}

  private static final class Trial {
    final Random random;
    final VideoCodec codec;
    final LayeredSender[] senders;
    final CodecState[] states = {new CodecState(), new CodecState()};
    final EncodingProjection projection;
    final MediaPacket packet = new MediaPacket();
    final ExtensionMap extensions = new ExtensionMap(EXTENSIONS);
    final List<Seen> seen = new ArrayList<>();
    final Map<Integer, List<Sent>> delayed = new TreeMap<>();
    final FrameDescription got = new FrameDescription();
    final DependencyState receiver = new DependencyState();
    final Set<Integer> frames = new HashSet<>();
    int spatialLimit = 2;
    int temporalLimit = 2;
    double keyFrames = 0.1;

    /** Nothing is lost. */
    boolean whole;

    private long highest;
    private int picture;

    Trial(long seed, VideoCodec codec, boolean independent, int encodings) {
      random = new Random(seed);
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
            double luck = random.nextDouble();
            if (luck < loss) {
              continue;
            }
            if (luck < loss + reorder) {
              int later = picture + random.nextInt(4);
              delayed.computeIfAbsent(later, at -> new ArrayList<>()).add(next);
            } else {
              receive(next);
            }
          }
        }
        List<Sent> late = delayed.remove(picture);
        if (late != null) {
          late.forEach(this::receive);
        }
      }
    }

    private void receive(Sent next) {
      byte[] in = next.bytes();
      assertThat(packet.take(in, 0, in.length, extensions, next.sequence())).isTrue();
      assertThat(packet.describe(codec, states[next.encoding()], true)).isTrue();
      if (projection.project(packet, next.encoding(), picture * FRAME_NANOS)) {
        packet.stamp(extensions, 0, 0);
        int sequence = RtpHeader.sequence(packet.bytes(), 0);
        highest = seen.isEmpty() ? sequence + 0x10000 : highest;
        long extended = SequenceNumbers.extend(highest, sequence);
        highest = Math.max(highest, extended);
        seen.add(read(next, extended));
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

    List<Seen> inOrder() {
      List<Seen> sorted = new ArrayList<>(seen);
      sorted.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
      return sorted;
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
    for (Seen now : trial.seen) {
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
    int from = trial.seen.size();
    trial.keyFrames = 1;
    trial.run(1, 0, 0, 0);
    trial.keyFrames = 0;
    trial.run(20, 0, 0, 0);
    Set<Integer> spatial = new HashSet<>();
    Set<Integer> temporal = new HashSet<>();
    for (Seen now : trial.seen.subList(from, trial.seen.size())) {
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
    for (Seen now : trial.seen) {
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
    Map<Long, Sent> bySequence = new HashMap<>();
    for (Seen now : trial.seen) {
      assertThat(bySequence.put(now.sequence(), now.sent())).as("no number is used twice").isNull();
    }
    Map<Integer, Integer> timestamps = new HashMap<>();
    Seen before = null;
    for (Seen now : trial.inOrder()) {
      if (before != null) {
        boolean sameRun = now.sent().encoding() == before.sent().encoding();
        if (sameRun) {
          assertThat(now.sent().sequence()).isGreaterThan(before.sent().sequence());
          assertThat(now.sequence() - before.sequence())
              .isLessThanOrEqualTo(now.sent().sequence() - before.sent().sequence());
        }
        assertThat(now.timestamp() - before.timestamp()).isNotNegative();
      }
      before = now;
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
    LocatedPacket located = new LocatedPacket();
    List<Seen> sorted = trial.inOrder();
    for (Seen now : sorted.subList(Math.max(0, sorted.size() - 30), sorted.size())) {
      assertThat(trial.projection.locate((int) now.sequence() & 0xffff, located)).isTrue();
      assertThat(located.sequence()).isEqualTo(now.sent().sequence());
      byte[] in = now.sent().bytes();
      trial.packet.take(in, 0, in.length, trial.extensions, located.sequence());
      trial.packet.describe(trial.codec, trial.states[0], false);
      assertThat(trial.projection.repeat(trial.packet, located.encoding())).isTrue();
      assertThat(RtpHeader.sequence(trial.packet.bytes(), 0))
          .isEqualTo((int) now.sequence() & 0xffff);
      assertThat(RtpHeader.timestamp(trial.packet.bytes(), 0)).isEqualTo(now.timestamp());
    }
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
      assertThat(trial.seen.get(trial.seen.size() - 1).sent().spatial()).isZero();
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
      assertThat(trial.seen.get(trial.seen.size() - 1).sent().spatial()).isEqualTo(2);
      trial.keyFrames = 1;
      trial.run(1, 0, 0, 0);
      assertThat(trial.projection.waitsForKeyFrame()).isFalse();
      assertThat(trial.seen.get(trial.seen.size() - 1).sent().spatial()).isZero();
    }
  }
}
