package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** RFC 2198 section 3, and the example of section 5 with our payload types. */
class RedPayloadTest {
  private final MediaPacket packet = new MediaPacket();
  private final MediaPacket plain = new MediaPacket();

  private boolean strip(String hex) {
    byte[] payload = HexFormat.ofDelimiter(" ").parseHex(hex);
    byte[] in = Packets.rtp(112, true, 7, 8, 9, payload);
    packet.take(in, 0, in.length, ExtensionMap.EMPTY, 7);
    return plain.takePrimary(packet);
  }

  @Test
  void thePrimaryBlockIsTheLastOne() {
    // 111 at -960 with 3 octets, then 111 itself
    assertThat(strip("ef 0f 00 03 6f a1 a2 a3 b1 b2")).isTrue();
    assertThat(plain.payloadType()).isEqualTo(111);
    assertThat(payload()).isEqualTo(new byte[] {(byte) 0xb1, (byte) 0xb2});
    byte[] b = plain.bytes();
    assertThat(RtpHeader.isValid(b, 0, plain.length())).isTrue();
    assertThat(RtpHeader.sequence(b, 0)).isEqualTo(7);
    assertThat(RtpHeader.timestamp(b, 0)).isEqualTo(8);
    assertThat(plain.sequence()).isEqualTo(7);
    assertThat(packet.payloadType()).as("the other receivers' stays").isEqualTo(112);
  }

  @Test
  void thereMayBeSeveralBlocksOrNone() {
    assertThat(strip("ef 1e 00 01 ef 0f 00 02 6f a1 a2 a3 b1")).isTrue();
    assertThat(payload()).isEqualTo(new byte[] {(byte) 0xb1});
    assertThat(strip("6f b1 b2")).isTrue();
    assertThat(payload()).isEqualTo(new byte[] {(byte) 0xb1, (byte) 0xb2});
  }

  @Test
  void whatIsCutOffIsRefused() {
    for (String hex :
        new String[] {"ef", "ef 0f 00 03", "ef 0f 00 03 6f a1", "ef 0f 03 ff 6f 01"}) {
      assertThat(strip(hex)).as(hex).isFalse();
    }
  }

  private byte[] payload() {
    return Arrays.copyOfRange(plain.bytes(), plain.payloadOffset(), plain.length());
  }

  @Property
  void anythingGetsAVerdict(@ForAll @Size(max = 30) byte[] bytes) {
    byte[] in = Packets.rtp(112, true, 7, 8, 9, bytes);
    packet.take(in, 0, in.length, ExtensionMap.EMPTY, 7);
    if (plain.takePrimary(packet)) {
      assertThat(RtpHeader.isValid(plain.bytes(), 0, plain.length())).isTrue();
      assertThat(plain.length()).isLessThan(packet.length());
    }
  }
}
