package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The packets of RFC 6184 sections 5.6 to 5.8, and parameter sets of ITU-T H.264. */
class H264PayloadTest {
  private static final String SPS_720 = "677a001fbcd9405005ba10000003" + "00c000002ae0f1831960";
  private static final String SPS_360 = "677a001ebcd940a02ff8984000000301" + "8000005683c58b6580";
  private static final String SPS_ODD = "677a000dbcd943433e5e10000003" + "0060000015a0f1429960";
  private static final String PPS = "68ce3c80";

  private final H264Payload h264 = new H264Payload();
  private final CodecState state = new CodecState();
  private final FrameDescription frame = new FrameDescription();

  private boolean read(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    frame.clear();
    return h264.read(bytes, 0, bytes.length, state, frame);
  }

  private static String unit(String hex) {
    return "%04x".formatted(hex.length() / 2) + hex;
  }

  @Test
  void parameterSetsInAnAggregateBeginAKeyFrame() {
    assertThat(read("78" + unit(SPS_720) + unit(PPS))).isTrue();
    assertThat(frame.keyFrameStart()).isTrue();
    assertThat(frame.height(0)).isEqualTo(720);
    assertThat(frame.spatialLayers()).isEqualTo(1);
  }

  @Test
  void aParameterSetByItselfDoesToo() {
    assertThat(read(SPS_360)).isTrue();
    assertThat(frame.keyFrameStart()).isTrue();
    assertThat(frame.height(0)).isEqualTo(360);
    assertThat(read(SPS_ODD)).isTrue();
    assertThat(frame.height(0)).as("the shorter side of 200 by 400").isEqualTo(200);
  }

  @Test
  void theSlicesBehindThemBeginNothing() {
    read(SPS_720);
    assertThat(read("7c85b84000")).as("FU-A, first of an IDR picture").isTrue();
    assertThat(frame.keyFrameStart()).isFalse();
    assertThat(frame.isKeyPicture()).isTrue();
    assertThat(read("7c05b84000")).isTrue();
    assertThat(frame.isKeyPicture()).isFalse();
  }

  @Test
  void whereParameterSetsTravelElsewhereTheFirstSliceBeginsTheKeyFrame() {
    assertThat(read("65b84000")).isTrue();
    assertThat(frame.keyFrameStart()).isTrue();
    assertThat(read("7c85b84000")).isTrue();
    assertThat(frame.keyFrameStart()).isTrue();
    assertThat(read("6548")).as("a later slice").isTrue();
    assertThat(frame.keyFrameStart()).isFalse();
  }

  @Test
  void otherPicturesAreNoKeyFrames() {
    for (String hex : new String[] {"419a2468", "7c819a24", "7c419a24", PPS, "0605ffff", "09f0"}) {
      assertThat(read(hex)).as(hex).isTrue();
      assertThat(frame.keyFrameStart()).as(hex).isFalse();
    }
  }

  @Test
  void whatEndsTooEarlyIsRefused() {
    for (String hex : new String[] {"", "7c", "78ff", "780005", "7800056742", "780000"}) {
      assertThat(read(hex)).as(hex).isFalse();
    }
  }

  @Property(tries = 3000)
  void anythingGetsAVerdict(@ForAll @Size(max = 60) byte[] bytes, @ForAll byte type) {
    if (bytes.length > 0) {
      bytes[0] =
          switch (type & 3) {
            case 0 -> 0x67;
            case 1 -> 0x78;
            case 2 -> 0x7c;
            default -> bytes[0];
          };
    }
    frame.clear();
    if (h264.read(bytes, 0, bytes.length, state, frame) && frame.spatialLayers() > 0) {
      assertThat(frame.height(0)).isBetween(1, 16384);
    }
  }
}
