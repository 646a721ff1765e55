package org.meetjar.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.rtp.ExtensionReader;
import org.meetjar.rtp.RtpHeader;

class HeaderWriterTest {
  private final byte[] b = new byte[100];

  @Test
  void theExtensionsThatWereOfferedAreWritten() {
    HeaderWriter writer =
        new HeaderWriter(
            new ExtensionMap(
                Map.of(
                    ExtensionKind.AUDIO_LEVEL.uri(), 1,
                    ExtensionKind.ABS_SEND_TIME.uri(), 3,
                    ExtensionKind.TRANSPORT_CC.uri(), 5)));
    writer.write(b, 0, true, 111, 65535, -7, -9);
    writer.extensions(b, 0, 0x9a, 1_000_000_000L, 0x1234);
    ExtensionReader reader = new ExtensionReader();

    assertThat(RtpHeader.isValid(b, 0, writer.length())).isTrue();
    assertThat(RtpHeader.length(b, 0)).isEqualTo(writer.length());
    assertThat(RtpHeader.marker(b, 0)).isTrue();
    assertThat(RtpHeader.payloadType(b, 0)).isEqualTo(111);
    assertThat(RtpHeader.sequence(b, 0)).isEqualTo(65535);
    assertThat(RtpHeader.timestamp(b, 0)).isEqualTo(-7);
    assertThat(RtpHeader.ssrc(b, 0)).isEqualTo(-9);
    assertThat(reader.value(b, 0, 1, 1)).isEqualTo(0x9a);
    assertThat(reader.value(b, 0, 3, 3)).as("one second in 6.18").isEqualTo(1 << 18);
    assertThat(reader.value(b, 0, 5, 2)).isEqualTo(0x1234);
    assertThat(writer.numbersTransport()).isTrue();
  }

  @Test
  void withoutAnyThereIsNoBlock() {
    HeaderWriter writer = new HeaderWriter(ExtensionMap.EMPTY);
    writer.write(b, 0, false, 100, 1, 2, 3);
    writer.extensions(b, 0, 0, 0, 0);

    assertThat(writer.length()).isEqualTo(12);
    assertThat(RtpHeader.length(b, 0)).isEqualTo(12);
    assertThat(writer.numbersTransport()).isFalse();
  }
}
