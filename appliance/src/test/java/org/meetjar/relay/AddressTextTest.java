package org.meetjar.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
  @Test
  void addressesAreRead() throws Exception {
    assertThat(AddressText.read("192.0.2.7")).contains(InetAddress.getByName("192.0.2.7"));
    assertThat(AddressText.read("2001:db8::7")).contains(InetAddress.getByName("2001:db8::7"));
    assertThat(AddressText.read("[2001:db8::7]")).contains(InetAddress.getByName("2001:db8::7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "face",
        "1234",
        "256.1.1.1",
        "1.2.3",
        "4f3c7d4c-6a0f-4a6b-9a0c-3f9f8f0f1a2b.local",
        ":",
        "1:2:3:4:5:6:7:8:9",
        "fe80::1%eth0"
      })
  void namesAndOtherTextAreNot(String text) {
    assertThat(AddressText.read(text)).isEmpty();
  }
}
