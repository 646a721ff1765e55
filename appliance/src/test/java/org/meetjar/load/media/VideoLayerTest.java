package org.meetjar.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.meetjar.load.check.Mark;
import org.meetjar.rtp.Vp8Descriptor;

class VideoLayerTest {
  private final VideoLayer layer = Stream.layer(2);
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final byte[] b = new byte[1500];
  private long nanos = 1;

  @Test
  void itBeginsWithAKeyFrameOfItsSize() {
    Frame frame = next();
    parse(frame, 0);

    assertThat(vp8.keyFrameStart()).isTrue();
    assertThat(vp8.width()).isEqualTo(1280);
    assertThat(vp8.height()).isEqualTo(720);
    assertThat(vp8.temporalId()).isZero();
    assertThat(next().key).isFalse();
  }

  @Test
  void pictureIdsAndBaseFramesAreCounted() {
    int picture = -1;
    int base = -1;
    for (int i = 0; i < 100_000; i++) {
      Frame frame = next();
      parse(frame, frame.packets - 1);
      assertThat(vp8.pictureId()).isEqualTo(picture < 0 ? vp8.pictureId() : picture + 1 & 0x7fff);
      boolean counts = base >= 0 && vp8.temporalId() == 0;
      assertThat(vp8.tl0PicIdx())
          .isEqualTo(base < 0 ? vp8.tl0PicIdx() : base + (counts ? 1 : 0) & 0xff);
      picture = vp8.pictureId();
      base = vp8.tl0PicIdx();
    }
  }

  @Test
  void temporalLayersComeInTheirPattern() {
    List<Integer> ids =
        java.util.stream.Stream.generate(this::next).limit(9).map(f -> f.temporalId).toList();

    assertThat(ids).containsExactly(0, 2, 1, 2, 0, 2, 1, 2, 0);
  }

  @Test
  void itKeepsItsBitRateInPacketsThatFit() {
    long octets = 0;
    int frames = 30 * 60;
    next();
    for (int i = 0; i < frames; i++) {
      Frame frame = next();
      for (int part = 0; part < frame.packets; part++) {
        int length = frame.payloadLength(part);
        assertThat(length).isBetween(Mark.LENGTH, VideoLayer.MAX_PAYLOAD + Mark.LENGTH);
        octets += length;
      }
    }

    assertThat(octets * 8.0 / 60).isBetween(3_200_000.0, 3_400_000.0);
  }

  @Test
  void theLowestLayerToo() {
    VideoLayer low = Stream.layer(0);
    long octets = 0;
    for (int i = 0; i < 1800; i++) {
      octets += low.next(nanos += 33_333_333).size;
    }

    assertThat(octets * 8.0 / 60).isBetween(280_000.0, 330_000.0);
  }

  @Test
  void aKeyFrameComesWhenItIsWantedButNotTwiceAtOnce() {
    for (int i = 0; i < 30; i++) {
      next();
    }
    layer.wantKeyFrame();
    assertThat(next().key).isTrue();
    layer.wantKeyFrame();
    assertThat(next().key).isFalse();
    for (int i = 0; i < 8; i++) {
      next();
    }
    assertThat(next().key).as("after 300 ms").isTrue();
  }

  @Test
  void whenItIsWantedAgainItBeginsWithAKeyFrame() {
    for (int i = 0; i < 30; i++) {
      next();
    }
    layer.active(false);
    assertThat(layer.isActive()).isFalse();
    layer.active(true);

    assertThat(next().key).isTrue();
  }

  @Test
  void packetsThatWereSentAreFoundAndMadeAgain() {
    Frame frame = next();
    frame.sent = frame.packets;
    byte[] before = new byte[1500];
    Mark mark = new Mark();
    int length = layer.payload(frame, 3, mark, before, 0);
    for (int i = 0; i < 40; i++) {
      next();
    }

    Frame found = layer.find((int) frame.firstSequence + 3 & 0xffff).orElseThrow();
    byte[] after = new byte[1500];

    assertThat(layer.payload(found, 3, mark, after, 0)).isEqualTo(length);
    assertThat(after).isEqualTo(before);
    assertThat(layer.find((int) frame.firstSequence - 1 & 0xffff)).isEmpty();
  }

  @Test
  void whatWasNotSentYetIsNotFound() {
    Frame frame = next();
    frame.sent = 1;

    assertThat(layer.find((int) frame.firstSequence & 0xffff)).contains(frame);
    assertThat(layer.find((int) frame.firstSequence + 1 & 0xffff)).isEmpty();
  }

  @Test
  void somebodyTalksAndTheOthersAreQuiet() {
    Talk talk = new Talk(5, new SplittableRandom(1));
    int[] spoken = new int[5];
    for (long ms = 0; ms < 600_000; ms += 20) {
      int talking = 0;
      for (int person = 0; person < 5; person++) {
        if (talk.level(person, ms * 1_000_000) >= 0x80) {
          talking++;
          spoken[person]++;
        }
      }
      assertThat(talking).isBetween(1, 2);
    }
    assertThat(java.util.Arrays.stream(spoken).min().orElse(0)).isGreaterThan(500);
  }

  private Frame next() {
    return layer.next(nanos += 33_333_333);
  }

  private void parse(Frame frame, int part) {
    int length = layer.payload(frame, part, new Mark(), b, 0);
    assertThat(vp8.parse(b, 0, length)).isTrue();
  }
}
