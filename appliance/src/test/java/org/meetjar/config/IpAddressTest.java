package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  /** RFC 5952 section 4. */
  @ParameterizedTest
  @CsvSource({
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::A, 2001:db8::a",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "[2001:db8::1], 2001:db8::1",
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void isWrittenInOneWay(String given, String text) {
    assertThat(IpAddress.text(IpAddress.parse(given).orElseThrow())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4.5",
        "meet.example.org",
        ":",
        "1:2",
        "face",
        "1234",
        "4f3c7d4c-6a0f-4a6b-9a0c-3f9f8f0f1a2b.local",
        "1:2:3:4:5:6:7:8:9",
        "fe80::1%eth0"
      })
  void nothingElseIsOne(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void networksHoldTheirAddresses() {
    assertThat(holds("10.0.0.0/8", "10.255.1.2")).isTrue();
    assertThat(holds("10.0.0.0/8", "11.0.0.0")).isFalse();
    assertThat(holds("172.16.0.0/12", "172.31.0.1")).isTrue();
    assertThat(holds("172.16.0.0/12", "172.32.0.1")).isFalse();
    assertThat(holds("fd00::/8", "fdff::1")).isTrue();
    assertThat(holds("fd00::/8", "fe00::1")).isFalse();
    assertThat(holds("192.0.2.1", "192.0.2.1")).isTrue();
    assertThat(holds("192.0.2.1", "192.0.2.0")).isFalse();
    assertThat(holds("0.0.0.0/0", "192.0.2.0")).isTrue();
    assertThat(holds("0.0.0.0/0", "::1")).isFalse();
    assertThat(Network.parse("10.0.0.0/33")).isEmpty();
    assertThat(Network.parse("10.0.0.0/x")).isEmpty();
    assertThat(Network.parse("example.org")).isEmpty();
  }

  private static boolean holds(String network, String address) {
    return Network.parse(network).orElseThrow().contains(IpAddress.parse(address).orElseThrow());
  }
}
