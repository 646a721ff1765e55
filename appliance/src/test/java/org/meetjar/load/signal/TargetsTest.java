package org.meetjar.load.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.config.StartFailure;

class TargetsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:8443",
        "http://127.0.0.1:8080",
        "ws://[::1]:1/x",
        "https://127.9.8.7"
      })
  void thisMachineIsLoaded(String url) {
    assertThatCode(() -> new Targets(false).admit(URI.create(url))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://192.0.2.7",
        "https://198.51.100.1:8443",
        "wss://[2001:db8::1]/x",
        "http://0.0.0.0"
      })
  void anyOtherIsNot(String url) {
    assertThatThrownBy(() -> new Targets(false).admit(URI.create(url)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("--i-own-this-server");
  }

  @Test
  void anyOtherIsByTheUsersWord() {
    assertThatCode(() -> new Targets(true).admit(URI.create("https://192.0.2.7")))
        .doesNotThrowAnyException();
  }

  @Test
  void mediaGoNowhereElseEither() throws Exception {
    InetAddress foreign = InetAddress.getByName("192.0.2.7");

    assertThat(new Targets(false).admits(foreign)).isFalse();
    assertThat(new Targets(true).admits(foreign)).isTrue();
    assertThat(new Targets(false).admits(InetAddress.getLoopbackAddress())).isTrue();
  }
}
