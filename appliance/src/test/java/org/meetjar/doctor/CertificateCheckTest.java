package org.meetjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.doctor.Level.FAILURE;
import static org.meetjar.doctor.Level.NOTE;
import static org.meetjar.doctor.Level.OK;
import static org.meetjar.doctor.Level.WARNING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.SettingsReader;
import org.meetjar.config.TlsSettings;
import org.meetjar.tls.Certificates;

class CertificateCheckTest {
  private static final Duration VALIDITY = Duration.ofDays(397);

  @TempDir Path data;

  @Test
  void aGivenOne() throws Exception {
    Path file = certificate("meet.example.org");
    Map<String, List<String>> files =
        Map.of("tls.certificate", List.of(file.toString()), "tls.key", List.of(file.toString()));
    TlsSettings settings = settings("meet.example.org", files);
    assertThat(levels(settings, Duration.ZERO)).containsExactly(OK);
    assertThat(levels(settings, VALIDITY.minusDays(2))).containsExactly(WARNING);
    assertThat(levels(settings, VALIDITY.plusDays(1))).containsExactly(FAILURE);
    assertThat(levels(settings("other.example.org", files), Duration.ZERO))
        .as("it names another")
        .containsExactly(OK, FAILURE);
  }

  @Test
  void whatANameIsWaitingForIsSaid() throws Exception {
    Path file = certificate("meet.example.org");
    TlsSettings settings =
        settings(
            "meet.example.org",
            Map.of(
                "tls.names", List.of("gone.example.org"),
                "tls.certificate", List.of(file.toString()),
                "tls.key", List.of(file.toString())));
    RunningAppliance waiting =
        new RunningAppliance(Map.of("certificate-problem", "gone.example.org has no address"));
    Finding last = new CertificateCheck(settings, data, Clock.systemUTC(), waiting).run().get(1);
    assertThat(last.text()).isEqualTo("the certificate is not for gone.example.org");
    assertThat(last.remedy()).isEqualTo("gone.example.org has no address");
  }

  @Test
  void aGivenOneThatIsNone() throws Exception {
    Path file = Files.writeString(data.resolve("x.pem"), "no certificate");
    assertThat(
            levels(
                settings(
                    "meet.example.org",
                    Map.of(
                        "tls.certificate", List.of(file.toString()),
                        "tls.key", List.of(file.toString()))),
                Duration.ZERO))
        .containsExactly(FAILURE);
  }

  @Test
  void oneFromTheAuthority() throws Exception {
    TlsSettings settings = settings("meet.example.org", Map.of());
    assertThat(levels(settings, Duration.ZERO)).as("none yet").containsExactly(WARNING);
    Path folder = Files.createDirectories(data.resolve("tls/acme/authority_directory"));
    Files.copy(certificate("meet.example.org"), folder.resolve("certificate.pem"));
    assertThat(levels(settings, Duration.ZERO)).containsExactly(OK);
    CertificateCheck check =
        new CertificateCheck(
            settings,
            data,
            Clock.offset(Clock.systemUTC(), VALIDITY.plusDays(1)),
            RunningAppliance.none());
    assertThat(check.run().get(0).remedy()).contains("should have been renewed");
  }

  @Test
  void oneOfOurOwnMakingOrNone() {
    assertThat(levels(settings("localhost", Map.of()), Duration.ZERO)).containsExactly(NOTE);
    assertThat(
            levels(settings("meet.example.org", Map.of("tls.mode", List.of("off"))), Duration.ZERO))
        .containsExactly(NOTE);
  }

  private List<Level> levels(TlsSettings settings, Duration later) {
    return new CertificateCheck(
            settings, data, Clock.offset(Clock.systemUTC(), later), RunningAppliance.none())
        .run().stream().map(Finding::level).toList();
  }

  private static TlsSettings settings(String domain, Map<String, List<String>> more) {
    Map<String, List<String>> given = new HashMap<>(more);
    given.put("domain", List.of(domain));
    return new SettingsReader().commandLine(given).read().tls();
  }

  /** A file with key and certificate, as the server makes it itself. */
  private Path certificate(String name) throws Exception {
    Path folder = Files.createDirectories(data.resolve("made"));
    TlsSettings made = settings(name, Map.of("tls.mode", List.of("self-signed")));
    new Certificates(made, folder, Clock.systemUTC()).close();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".pem")).findFirst().orElseThrow();
    }
  }
}
