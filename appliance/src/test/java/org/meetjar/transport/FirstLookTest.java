package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** RFC 7983 section 7 and RFC 5761 section 4. */
class FirstLookTest {
  private static FirstLook at(int first, int second) {
    return FirstLook.at(new byte[] {9, (byte) first, (byte) second}, 1, 2);
  }

  @Test
  void tellsKindsByTheirFirstBytes() {
    assertThat(at(0, 1)).isEqualTo(FirstLook.STUN);
    assertThat(at(22, 254)).isEqualTo(FirstLook.DTLS);
    assertThat(at(64, 0)).isEqualTo(FirstLook.OTHER);
    assertThat(at(0x80, 111)).isEqualTo(FirstLook.RTP);
    assertThat(at(0x80, 0x80 | 111)).isEqualTo(FirstLook.RTP);
    assertThat(at(0x81, 201)).isEqualTo(FirstLook.RTCP);
    assertThat(at(0x8F, 206)).isEqualTo(FirstLook.RTCP);
  }

  @Property
  void anyBytesHaveAKind(@ForAll byte[] bytes) {
    assertThat(FirstLook.at(bytes, 0, bytes.length)).isNotNull();
  }
}
