package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the certificate comes from, and for which names. */
class TlsSettingsTest {
  private static final String OWN_DIRECTORY = "acme.directory=https://ca.lan/acme/directory";

  @ParameterizedTest
  @CsvSource({
    "meet.example.org, ACME",
    "203.0.113.7, ACME",
    "localhost, SELF_SIGNED",
    "meetbox, SELF_SIGNED",
    "meet.lan, SELF_SIGNED",
    "meet.local, SELF_SIGNED",
    "meet.internal, SELF_SIGNED",
    "meet.home.arpa, SELF_SIGNED",
    "meet.test, SELF_SIGNED",
    "192.168.1.5, SELF_SIGNED",
    "100.64.0.1, SELF_SIGNED"
  })
  void isDecidedByTheDomain(String domain, TlsMode mode) {
    assertThat(read("domain=" + domain).mode()).isEqualTo(mode);
  }

  @Test
  void anAuthorityOfOnesOwnMayKnowOtherNames() {
    assertThat(read("domain=meet.lan", OWN_DIRECTORY).mode()).isEqualTo(TlsMode.ACME);
    assertThat(read("domain=192.168.1.5", "tls.mode=acme", OWN_DIRECTORY).mode())
        .isEqualTo(TlsMode.ACME);
  }

  @Test
  void aNameThatNoAuthorityKnowsIsRefused() {
    assertThatThrownBy(() -> read("domain=meet.lan", "tls.mode=acme"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("\"meet.lan\"")
        .hasMessageContaining("--tls self-signed");
    assertThatThrownBy(() -> read("domain=meet.example.org", "tls.names=localhost"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("\"localhost\"");
  }

  @Test
  void otherNamesMayBeAddressesOfBothKinds() {
    assertThat(
            read("domain=Meet.Example.org", "tls.names=203.0.113.7,[2001:DB8::7],meet.example.org")
                .names())
        .containsExactly("meet.example.org", "203.0.113.7", "2001:db8::7");
    assertThat(read("domain=2606:4700::7").names()).containsExactly("2606:4700::7");
    assertThatThrownBy(() -> read("domain=1.2.3.400")).isInstanceOf(StartFailure.class);
  }

  @Test
  void filesThatAreGivenAreUsed() {
    assertThat(read("domain=meet.example.org", "tls.certificate=a", "tls.key=b").mode())
        .isEqualTo(TlsMode.FILES);
    assertThatThrownBy(() -> read("tls.certificate=a")).hasMessageContaining("Only one of");
    assertThatThrownBy(() -> read("tls.mode=files")).hasMessageContaining("none are given");
  }

  @Test
  void theSecretOfAnAccountIsNotRepeated() {
    assertThatThrownBy(() -> read("acme.key-id=a", "acme.mac-key=se cret"))
        .hasMessageContaining("acme.mac-key")
        .hasMessageNotContaining("cret\"");
    assertThatThrownBy(() -> read("acme.key-id=a")).hasMessageContaining("Only one of");
  }

  @Test
  void proxiesAreAddressesAndNetworks() {
    assertThatThrownBy(() -> read("http.trusted-proxies=10.0.0.0/8,proxy.lan"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("\"proxy.lan\"");
  }

  private static TlsSettings read(String... values) {
    Map<String, List<String>> given =
        Arrays.stream(values)
            .map(value -> value.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
    return new SettingsReader().commandLine(given).read().tls();
  }
}
