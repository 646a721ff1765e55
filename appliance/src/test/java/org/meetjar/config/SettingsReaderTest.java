package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  @TempDir Path folder;

  @Test
  void theDefaultsAreEnough() {
    Settings settings = new SettingsReader().read();

    assertThat(settings.domain()).isEqualTo("localhost");
    assertThat(settings.http().httpPort()).isEqualTo(8080);
    assertThat(settings.http().policy()).isEqualTo(Policy.OPEN);
  }

  @Test
  void theLaterSourceWins() {
    Path file = file("media-port = 1\nhttp-port = 1\nhttps-port = 1\n");
    Settings settings =
        new SettingsReader()
            .file(file)
            .environment(Map.of("MEET_HTTP_PORT", "2", "MEET_HTTPS_PORT", "2", "PATH", "/bin"))
            .commandLine(Map.of("https-port", List.of("3")))
            .read();

    assertThat(settings.transport().mediaPort()).isEqualTo(1);
    assertThat(settings.http().httpPort()).isEqualTo(2);
    assertThat(settings.http().httpsPort()).isEqualTo(3);
  }

  @Test
  void theEnvironmentNamesTheFile() {
    Path file = file("media-port = 1\n");

    Settings settings =
        new SettingsReader().environment(Map.of("MEET_CONFIG", file.toString())).read();

    assertThat(settings.transport().mediaPort()).isEqualTo(1);
  }

  @Test
  void aListIsWrittenWithCommasOrGivenSeveralTimes() {
    Settings settings =
        new SettingsReader()
            .commandLine(Map.of("public-ip", List.of("192.0.2.1, 192.0.2.2", "2001:db8::1")))
            .read();

    assertThat(settings.address().publicIps())
        .containsExactly("192.0.2.1", "192.0.2.2", "2001:db8::1");
  }

  @Test
  void wordsAreReadInAnyCase() {
    assertThat(with("policy", "Members").http().policy()).isEqualTo(Policy.MEMBERS);
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> with("htpp-port", "1"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("htpp-port")
        .hasMessageContaining("did you mean http-port?");
    assertThatThrownBy(() -> new SettingsReader().file(file("bridge { expire-afer = 3s }")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("bridge.expire-afer")
        .hasMessageContaining("did you mean bridge.expire-after?");
    assertThatThrownBy(() -> new SettingsReader().environment(Map.of("MEET_MEDIA_PROT", "1")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("did you mean MEET_MEDIA_PORT?");
  }

  @Test
  void aKeyWithoutItsSectionIsRecognised() {
    assertThatThrownBy(() -> with("max-connections", "1"))
        .hasMessageContaining("did you mean http.max-connections?");
  }

  @ParameterizedTest
  @CsvSource({
    "http-port, eighty",
    "http-port, 65536",
    "media-port, -1",
    "policy, anyone",
    "log-level, loud",
    "http.max-connections, 3",
    "http.max-message, big",
    "xmpp.resumption, soon"
  })
  void aWrongValueIsToldInOneSentenceThatNamesTheKey(String key, String value) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(key)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aBrokenFileIsToldInOneSentence() {
    assertThatThrownBy(() -> new SettingsReader().file(file("a = {\n")))
        .isInstanceOf(StartFailure.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    assertThatThrownBy(() -> new SettingsReader().file(folder.resolve("none.conf")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("none.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a.example", "a_b.example", "https://a.example", "a.example:80"})
  void aMalformedDomainIsRefused(String domain) {
    assertThatThrownBy(() -> with("domain", domain))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("host name");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 8080, 8443",
    "127.0.0.1, 8080, 8443",
    "machine, 8080, 8443",
    "meet.localhost, 8080, 8443",
    "meet.example.org, 80, 443"
  })
  void theDefaultPortsFollowTheDomain(String domain, int http, int https) {
    Settings settings = with("domain", domain);

    assertThat(settings.http().httpPort()).isEqualTo(http);
    assertThat(settings.http().httpsPort()).isEqualTo(https);
  }

  @Test
  void aDomainIsHeldInItsWireForm() {
    assertThat(with("domain", "Treffen.Österreich.example").domain())
        .isEqualTo("treffen.xn--sterreich-z7a.example");
  }

  private static Settings with(String key, String value) {
    return new SettingsReader().commandLine(Map.of(key, List.of(value))).read();
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("meet.conf"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
