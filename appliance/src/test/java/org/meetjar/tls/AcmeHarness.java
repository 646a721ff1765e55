package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.TlsSettings;

/** A real authority, Pebble, a data folder, and what stands in it. */
abstract class AcmeHarness {
  static final List<String> NAMES = List.of("meet.example.org", "talk.example.org");

  /** Many nonces are refused; what was proved once counts again half of the time. */
  static final Map<String, String> ROUGH =
      Map.of("PEBBLE_WFE_NONCEREJECT", "40", "PEBBLE_AUTHZREUSE", "50", "PEBBLE_VA_SLEEPTIME", "1");

  static final DnsView HERE = new DnsView(DnsView.Aim.HERE, Optional.empty());

  @TempDir Path temporary;

  AcmeKeeper keeper(
      TlsSettings settings,
      Pebble pebble,
      Challenges challenges,
      Supplier<DnsView> dns,
      Consumer<Credentials> install) {
    return new AcmeKeeper(
        settings,
        kept(pebble),
        challenges,
        Clock.systemUTC(),
        new java.util.Random(1),
        dns,
        install);
  }

  Path data() {
    return temporary.resolve("data");
  }

  AcmeFolder kept(Pebble pebble) {
    return new AcmeFolder(data().resolve("tls/acme"), pebble.directory());
  }

  Path folderOf(Pebble pebble) {
    return Path.of(kept(pebble).toString());
  }

  AcmeState state(Pebble pebble) {
    return state(pebble, NAMES);
  }

  AcmeState state(Pebble pebble, List<String> names) {
    return kept(pebble).state(names);
  }

  static Map<String, String> quick() {
    return Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "20");
  }

  static Map<String, String> reusing() {
    return Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_AUTHZREUSE", "100");
  }

  Pebble pebble(int http, int https, String configuration, Map<String, String> environment)
      throws Exception {
    return Pebble.start(
        temporary.resolve("pebble" + System.nanoTime()), http, https, configuration, environment);
  }

  static TlsSettings settings(Pebble pebble, String... challenges) {
    return AcmeServer.settings(NAMES, pebble.directory(), pebble.authority(), challenges);
  }

  static void assertOnlyOurs(Path folder) throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  static String answerOn(SSLSocket socket) throws Exception {
    OutputStream out = socket.getOutputStream();
    out.write(
        "GET /health HTTP/1.1\r\nHost: meet.example.org\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
  }

  static final class Listening extends Handler {
    private final List<String> lines;

    Listening(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
