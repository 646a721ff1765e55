package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.meetjar.rtp.SimulcastSender.Sent;

/** Sources that take turns on one outgoing stream are one stream to its receiver. */
class FollowingProjectionTest {
  private static final long FRAME_NANOS = 33_333_333;

  /** A packet as the receiver got it, and from which turn. */
  private record Seen(
      Sent sent, int turn, int frame, int sequence, int timestamp, int pictureId, int tl0PicIdx) {}

  @Property(tries = 200)
  void everySourceBeginsWithAKeyFrameRightAfterTheOneBefore(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int people) {
    List<Seen> seen = takeTurns(new Random(seed), people);
    for (int i = 1; i < seen.size(); i++) {
      Seen before = seen.get(i - 1);
      Seen now = seen.get(i);
      assertThat(now.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
      if (now.turn() != before.turn()) {
        assertThat(now.sent().key() && now.sent().start()).isTrue();
        assertThat(now.pictureId()).isEqualTo(before.pictureId() + 1 & 0x7fff);
        assertThat(now.tl0PicIdx()).isEqualTo(before.tl0PicIdx() + 1 & 0xff);
        int frames = Math.max(1, now.frame() - before.frame());
        assertThat(now.timestamp() - before.timestamp())
            .isBetween(1, frames * SimulcastSender.TICKS_PER_FRAME + 30);
      }
    }
  }

  /** Everybody sends all the time; who is on the stream changes now and then. */
  private static List<Seen> takeTurns(Random random, int people) {
    List<SimulcastSender> senders = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      senders.add(new SimulcastSender(random, 2));
    }
    List<Seen> seen = new ArrayList<>();
    MediaPacket packet = new MediaPacket();
    Vp8Descriptor vp8 = new Vp8Descriptor();
    CodecState state = new CodecState();
    EncodingProjection projection = projection();
    int turn = 0;
    for (int frame = 0; frame < 200; frame++) {
      if (random.nextInt(15) == 0) {
        turn++;
        EncodingProjection next = projection();
        next.follow(projection);
        projection = next;
      }
      int encoding = random.nextInt(20) == 0 ? random.nextInt(2) : 0;
      projection.target(encoding, encoding);
      for (int i = 0; i < people; i++) {
        for (Sent sent : senders.get(i).next(0.2)) {
          if (i != turn % people) {
            continue;
          }
          packet.take(sent.bytes(), 0, sent.bytes().length, ExtensionMap.EMPTY, sent.sequence());
          assertThat(packet.describe(VideoCodec.VP8, state, true)).isTrue();
          if (projection.project(packet, sent.encoding(), frame * FRAME_NANOS)) {
            byte[] b = packet.bytes();
            vp8.parse(b, packet.payloadOffset(), packet.length() - packet.payloadOffset());
            seen.add(
                new Seen(
                    sent,
                    turn,
                    frame,
                    RtpHeader.sequence(b, 0),
                    RtpHeader.timestamp(b, 0),
                    vp8.pictureId,
                    vp8.tl0PicIdx));
          }
        }
      }
    }
    return seen;
  }

  private static EncodingProjection projection() {
    return new EncodingProjection(
        new SenderReportClock[] {new SenderReportClock(90_000), new SenderReportClock(90_000)});
  }
}
