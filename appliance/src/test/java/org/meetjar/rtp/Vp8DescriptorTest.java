package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The forms of RFC 7741 section 4.2 and the examples of section 4.6 (as far as they go). */
class Vp8DescriptorTest {
  private final Vp8Descriptor vp8 = new Vp8Descriptor();

  private final FrameDescription frame = new FrameDescription();

  private boolean parse(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    return vp8.parse(bytes, 0, bytes.length);
  }

  @Test
  void oneOctetWithoutExtension() {
    assertThat(parse("10 11 22")).isTrue();
    assertThat(vp8.size()).isEqualTo(1);
    assertThat(vp8.frameStart()).isTrue();
    assertThat(vp8.keyFrameStart()).isFalse();
    assertThat(vp8.pictureId()).isEqualTo(-1);
    assertThat(vp8.tl0PicIdx()).isEqualTo(-1);
    assertThat(vp8.temporalId()).isZero();
  }

  @Test
  void keyFrameWithOneOctetPictureId() {
    assertThat(parse("90 80 11 10 02 00 9d 01 2a 80 02 68 01")).isTrue();
    assertThat(vp8.size()).isEqualTo(3);
    assertThat(vp8.pictureId()).isEqualTo(0x11);
    vp8.describe(frame);
    assertThat(frame.pictureIdMask).isEqualTo(0x7f);
    assertThat(vp8.keyFrameStart()).isTrue();
    assertThat(vp8.width()).isEqualTo(640);
    assertThat(vp8.height()).isEqualTo(360);
  }

  @Test
  void twoOctetPictureIdAndTemporalLayers() {
    assertThat(parse("90 f0 92 34 56 a5 11")).isTrue();
    assertThat(vp8.size()).isEqualTo(6);
    assertThat(vp8.pictureId()).isEqualTo(0x1234);
    assertThat(vp8.tl0PicIdx()).isEqualTo(0x56);
    assertThat(vp8.temporalId()).isEqualTo(2);
    assertThat(vp8.layerSync()).isTrue();
  }

  @Test
  void onlyTl0PicIdxOrOnlyKeyIndex() {
    assertThat(parse("80 40 07 11")).isTrue();
    assertThat(vp8.tl0PicIdx()).isEqualTo(7);
    assertThat(vp8.size()).isEqualTo(3);
    assertThat(parse("80 10 1f 11")).isTrue();
    assertThat(vp8.temporalId()).isZero();
    assertThat(vp8.size()).isEqualTo(3);
  }

  @Test
  void laterPacketsAndLaterPartitionsBeginNoFrame() {
    assertThat(parse("00 10 11")).isTrue();
    assertThat(vp8.frameStart()).isFalse();
    assertThat(vp8.keyFrameStart()).isFalse();
    assertThat(parse("12 10 11")).isTrue();
    assertThat(vp8.frameStart()).isFalse();
  }

  @Test
  void aKeyFrameWhoseHeadIsEncryptedBeyondItsTenOctetsIsStillRead() {
    assertThat(parse("90 80 11 10 02 00 9d 01 2a 00 05 d0 02 ff ff")).isTrue();
    assertThat(vp8.height()).isEqualTo(720);
  }

  @Test
  void truncatedDescriptorsAreRefused() {
    for (String hex : new String[] {"90", "90 80", "90 80 92", "90 c0 11", "90 e0 11 22"}) {
      assertThat(parse(hex)).as(hex).isFalse();
    }
  }

  @Test
  void numbersAreWrittenInTheWidthThatThereIs() {
    byte[] wide = HexFormat.ofDelimiter(" ").parseHex("90 c0 92 34 56 11");
    vp8.parse(wide, 0, wide.length);
    vp8.describe(frame);
    frame.writePictureId(wide, 0x8001);
    frame.writeTl0PicIdx(wide, 0x1ff);
    assertThat(wide).isEqualTo(HexFormat.ofDelimiter(" ").parseHex("90 c0 80 01 ff 11"));
    byte[] narrow = HexFormat.ofDelimiter(" ").parseHex("90 80 7f 11");
    vp8.parse(narrow, 0, narrow.length);
    vp8.describe(frame);
    frame.writePictureId(narrow, 0x80);
    assertThat(narrow).isEqualTo(HexFormat.ofDelimiter(" ").parseHex("90 80 00 11"));
  }

  @Property
  void anythingGetsAVerdict(@ForAll @Size(max = 40) byte[] bytes) {
    if (vp8.parse(bytes, 0, bytes.length)) {
      assertThat(vp8.size()).isBetween(1, bytes.length);
    }
  }
}
