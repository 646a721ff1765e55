package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The payload descriptor's forms in RFC 9628 section 4.2, flexible and not. */
class Vp9PayloadTest {
  private final FrameDescription frame = new FrameDescription();

  private boolean read(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    frame.clear();
    return Vp9Payload.read(bytes, 0, bytes.length, frame);
  }

  @Test
  void oneOctetIsEnough() {
    assertThat(read("0c 82")).isTrue();
    assertThat(frame.frameStart()).isTrue();
    assertThat(frame.frameEnd).isTrue();
    assertThat(frame.keyFrameStart()).isTrue();
    assertThat(frame.pictureId).isEqualTo(-1);
    assertThat(frame.tl0PicIdx).isEqualTo(-1);
  }

  @Test
  void keyPictureWithScalabilityStructure() {
    // I, L, B, V; picture 0x1234; T0, U, S0; TL0PICIDX 7; three layers with sizes and a group of
    // four pictures
    assertThat(
            read(
                "aa 92 34 10 07 58 01 40 00 b4 02 80 01 68 05 00 02 d0 04 10 04"
                    + " 54 01 34 02 54 01 aa"))
        .isTrue();
    assertThat(frame.keyFrameStart()).isTrue();
    assertThat(frame.isKeyPicture()).isTrue();
    assertThat(frame.pictureId).isEqualTo(0x1234);
    assertThat(frame.pictureIdMask).isEqualTo(0x7fff);
    assertThat(frame.tl0PicIdx).isEqualTo(7);
    assertThat(frame.switchingPoint).isTrue();
    assertThat(frame.spatialLayers()).isEqualTo(3);
    assertThat(frame.height(0)).isEqualTo(180);
    assertThat(frame.height(1)).isEqualTo(360);
    assertThat(frame.height(2)).isEqualTo(720);
  }

  @Test
  void upperLayerOfADeltaPicture() {
    // I, P, L, B, E; 7-bit picture ID; T2, S1, D; TL0PICIDX; nothing needs it
    assertThat(read("ed 11 43 08 aa")).isTrue();
    assertThat(frame.pictureId).isEqualTo(0x11);
    assertThat(frame.pictureIdMask).isEqualTo(0x7f);
    assertThat(frame.temporalId()).isEqualTo(2);
    assertThat(frame.spatialId()).isEqualTo(1);
    assertThat(frame.isKeyPicture()).isFalse();
    assertThat(frame.keyFrameStart()).isFalse();
    assertThat(frame.isUpperReference()).isFalse();
    assertThat(frame.frameEnd).isTrue();
  }

  @Test
  void flexibleModeNamesUpToThreePictures() {
    assertThat(read("f8 91 11 02 03 05 08 aa")).isTrue();
    assertThat(frame.tl0PicIdx).isEqualTo(-1);
    assertThat(frame.spatialId()).isEqualTo(1);
    assertThat(read("f8 91 11 02 03 05 09 aa")).as("a fourth").isFalse();
    assertThat(read("f8 91 11 02 03")).isFalse();
  }

  @Test
  void truncatedDescriptorsAreRefused() {
    String[] all = {
      "", "80", "80 92", "a0 11", "a0 11 10", "02", "02 10 01 40", "02 08", "02 08 02 04"
    };
    for (String hex : all) {
      assertThat(hex.isEmpty() ? Vp9Payload.read(new byte[0], 0, 0, frame) : read(hex))
          .as(hex)
          .isFalse();
    }
  }

  @Test
  void numbersAreWrittenInTheWidthThatThereIs() {
    byte[] wide = HexFormat.ofDelimiter(" ").parseHex("a8 92 34 10 07 aa");
    frame.clear();
    Vp9Payload.read(wide, 0, wide.length, frame);
    frame.writePictureId(wide, 0x8001);
    frame.writeTl0PicIdx(wide, 0x1ff);
    assertThat(wide).isEqualTo(HexFormat.ofDelimiter(" ").parseHex("a8 80 01 10 ff aa"));
  }

  @Property(tries = 3000)
  void anythingGetsAVerdict(@ForAll @Size(max = 40) byte[] bytes) {
    frame.clear();
    if (Vp9Payload.read(bytes, 0, bytes.length, frame)) {
      assertThat(frame.spatialId()).isBetween(0, 7);
      assertThat(frame.spatialLayers()).isBetween(0, 8);
      assertThat(frame.pictureIdAt).isLessThan(bytes.length);
      assertThat(frame.tl0PicIdxAt).isLessThan(bytes.length);
    }
  }
}
