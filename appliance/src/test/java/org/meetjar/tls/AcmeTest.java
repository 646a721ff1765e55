package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.IpAddress;
import org.meetjar.config.TlsSettings;

/** Certificates from a real authority, Pebble, that misbehaves as authorities may. */
class AcmeTest {
  private static final List<String> NAMES = List.of("meet.example.org", "talk.example.org");

  /** Many nonces are refused; what was proved once counts again half of the time. */
  private static final Map<String, String> ROUGH =
      Map.of("PEBBLE_WFE_NONCEREJECT", "40", "PEBBLE_AUTHZREUSE", "50", "PEBBLE_VA_SLEEPTIME", "1");

  private static final DnsView HERE = new DnsView(DnsView.Aim.HERE, Optional.empty());

  @TempDir Path temporary;

  @Test
  void provesItsNamesOnTheEncryptedPortAlone() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", ROUGH)) {
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      server.start(settings, data());
      assertThat(AcmeServer.isIssued(server.shown())).isFalse();
      try (SSLSocket before = server.connect()) {
        X509Certificate issued = server.awaitIssued();

        assertThat(Names.of(issued)).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(answerOn(before)).startsWith("HTTP/1.1 200");
        assertThat(server.trusted()).as("HSTS for a test authority").isFalse();
      }
      assertOnlyOurs(folderOf(pebble));
    }
  }

  @Test
  void saysAtTheFirstStartWhatItWaitsForAndWhichTermsAreAccepted() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler listening = new Listening(lines);
    Logger logger = Logger.getLogger("org.meetjar.tls");
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addHandler(listening);
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", quick())) {
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      server.start(settings, data());
      server.awaitIssued();
      Await.until(() -> lines.stream().anyMatch(line -> line.contains("is in use")));

      assertThat(lines)
          .anyMatch(
              line ->
                  line.contains("browsers will warn")
                      && line.contains("meet.example.org")
                      && line.contains("443"))
          .anyMatch(
              line ->
                  line.contains("by using it you accept its terms of service, data:text/plain")
                      && line.contains("--tls self-signed"));
      lines.clear();
      try (AcmeServer later = new AcmeServer()) {
        later.start(settings, data());
        assertThat(AcmeServer.isIssued(later.shown())).isTrue();
      }
      assertThat(lines).noneMatch(line -> line.contains("terms"));
    } finally {
      logger.removeHandler(listening);
      logger.setLevel(before);
    }
  }

  @Test
  void provesItsNamesOnThePlainPort() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(server.httpPort(), 0, "", ROUGH)) {
      server.start(settings(pebble, AcmeSettings.HTTP), data());

      assertThat(Names.of(server.awaitIssued())).containsExactlyInAnyOrderElementsOf(NAMES);
    }
  }

  @Test
  void triesTheOtherProofWhenAPortIsClosed() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(server.httpPort(), Pebble.freePort(), "", quick())) {
      server.start(settings(pebble, AcmeSettings.TLS_ALPN, AcmeSettings.HTTP), data());

      server.awaitIssued();
      Await.until(() -> state(pebble).challenge().isPresent());
      assertThat(state(pebble).challenge()).hasValue(AcmeSettings.HTTP);
    }
  }

  @Test
  void certifiesAnAddress() throws Exception {
    for (String challenge : List.of(AcmeSettings.TLS_ALPN, AcmeSettings.HTTP)) {
      try (AcmeServer server = new AcmeServer();
          Pebble pebble = pebble(server.httpPort(), server.httpsPort(), "", quick())) {
        List<String> address = List.of("127.0.0.1");
        server.start(
            AcmeServer.settings(address, pebble.directory(), pebble.authority(), challenge),
            temporary.resolve(challenge));

        assertThat(Names.of(server.awaitIssued())).containsExactly("127.0.0.1");
      }
    }
  }

  @Test
  void certifiesAnAddressOfTheNewKind() throws Exception {
    assumeTrue(
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(address -> IpAddress.text(address).equals("::1")),
        "this machine has no IPv6");
    try (AcmeServer server = new AcmeServer("::1");
        Pebble pebble = pebble(server.httpPort(), server.httpsPort(), "", quick())) {
      server.start(
          AcmeServer.settings(
              List.of("::1"), pebble.directory(), pebble.authority(), AcmeSettings.HTTP),
          data());

      assertThat(Names.of(server.awaitIssued())).containsExactly("::1");
    }
  }

  @Test
  void goesOnAfterConnectionsThatBreak() throws Exception {
    Map<String, String> rough =
        Map.of(
            "PEBBLE_WFE_NONCEREJECT", "25", "PEBBLE_AUTHZREUSE", "50", "PEBBLE_VA_SLEEPTIME", "1");
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", rough);
        BrokenLine line = new BrokenLine(pebble.directory(), 0.04)) {
      server.serve(data());
      TlsSettings settings =
          AcmeServer.settings(NAMES, line.directory(), pebble.authority(), AcmeSettings.TLS_ALPN);
      AcmeFolder kept = new AcmeFolder(data().resolve("tls/acme"), line.directory());
      AcmeClient client =
          new AcmeClient(
              settings.acme(), NAMES, kept, server.challenges(), true, Clock.systemUTC());
      Optional<Credentials> made = Optional.empty();
      for (int attempt = 0; attempt < 100 && made.isEmpty(); attempt++) {
        try {
          made = Optional.of(client.obtain(Optional.empty()));
        } catch (AcmeFailure broken) {
          assertThat(broken.kind()).as(broken.getMessage()).isEqualTo(AcmeFailure.Kind.UNREACHED);
        }
      }
      assertThat(made).isPresent();
      assertThat(line.broken()).isPositive();
    }
  }

  @Test
  void aChangeInTheDnsEndsTheWait() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", quick())) {
      server.serve(data());
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      DnsView nowhere = new DnsView(DnsView.Aim.NOWHERE, Optional.of("there is no address"));
      try (AcmeKeeper unanswered =
          keeper(settings, pebble, new Challenges(), () -> nowhere, made -> {})) {
        unanswered.start(true);
        Await.until(() -> state(pebble).failures() == 1);
      }
      assertThat(state(pebble).trouble().orElseThrow().why()).endsWith("there is no address");

      AtomicInteger looks = new AtomicInteger();
      Supplier<DnsView> still =
          () -> {
            looks.incrementAndGet();
            return nowhere;
          };
      try (AcmeKeeper waiting = keeper(settings, pebble, server.challenges(), still, made -> {})) {
        waiting.start(true);
        Await.until(() -> looks.get() > 1);
      }
      assertThat(state(pebble).failures()).isEqualTo(1);

      List<Credentials> installed = new CopyOnWriteArrayList<>();
      try (AcmeKeeper again =
          keeper(settings, pebble, server.challenges(), () -> HERE, installed::add)) {
        again.start(true);
        Await.until(() -> !installed.isEmpty());
      }
    }
  }

  @Test
  void anErrorOfOursIsNoReasonToGiveUp() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", quick());
        AcmeKeeper keeper =
            keeper(
                settings(pebble, AcmeSettings.TLS_ALPN),
                pebble,
                new Challenges(),
                () -> {
                  throw new IllegalStateException("for once");
                },
                made -> {})) {
      server.serve(data());
      keeper.start(true);

      Await.until(() -> state(pebble).failures() == 1);
      assertThat(state(pebble).trouble().orElseThrow().why()).contains("for once");
      assertThat(state(pebble).notBefore()).isPresent();
    }
  }

  @Test
  void whatIsKeptTellsItsStateWithoutAServer() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", quick())) {
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      CertificateState before = CertificateState.stored(settings, data());
      assertThat(before.names()).isEmpty();

      server.start(settings, data());
      server.awaitIssued();
      Await.until(() -> state(pebble).renewAt().isPresent());

      CertificateState after = CertificateState.stored(settings, data());
      assertThat(after).isEqualTo(server.state());
      assertThat(after.names()).containsExactlyInAnyOrderElementsOf(NAMES);
      assertThat(after.issuer()).contains("Pebble");
      assertThat(after.selfSigned()).isFalse();
      assertThat(after.trouble()).isEmpty();
    }
  }

  @Test
  void renewsInTime() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble =
            pebble(0, server.httpsPort(), "\"certificateValidityPeriod\": 15,", quick())) {
      server.start(settings(pebble, AcmeSettings.TLS_ALPN), data());
      X509Certificate first = server.awaitIssued();

      Await.until(() -> !server.shown().equals(first));
      X509Certificate second = server.shown();
      assertThat(AcmeServer.isIssued(second)).isTrue();
      assertThat(second.getNotBefore().toInstant()).isBefore(first.getNotAfter().toInstant());
      assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
    }
  }

  @Test
  void aLaterRunTakesUpTheCertificate() throws Exception {
    X509Certificate issued;
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", quick())) {
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      server.start(settings, data());
      issued = server.awaitIssued();
      Await.until(() -> state(pebble).renewAt().isPresent());
      pebble.close();
      try (AcmeServer later = new AcmeServer()) {
        later.start(settings, data());
        assertThat(later.shown()).isEqualTo(issued);
      }
    }
  }

  @Test
  void bindsTheAccountToOneElsewhere() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble =
            pebble(0, server.httpsPort(), "\"externalAccountBindingRequired\": true,", quick())) {
      server.start(settings(pebble, AcmeSettings.TLS_ALPN), data());

      server.awaitIssued();
    }
  }

  @Test
  void makesAnotherAccountWhenItsOwnWasClosed() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", quick())) {
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      server.start(settings, data());
      server.awaitIssued();
      Await.until(() -> state(pebble).renewAt().isPresent());
      AcmeFolder kept = kept(pebble);
      KeyPair key = kept.accountKey().orElseThrow();
      new AcmeDirectory(Optional.of(pebble.authority()), Clock.systemUTC())
          .session(pebble.directory())
          .login(URI.create(state(pebble).account().orElseThrow()).toURL(), key)
          .getAccount()
          .deactivate();

      Credentials made =
          new AcmeClient(settings.acme(), NAMES, kept, server.challenges(), true, Clock.systemUTC())
              .obtain(Optional.empty());

      assertThat(made.chain()).hasSizeGreaterThan(1);
      assertThat(kept.accountKey().orElseThrow().getPublic()).isNotEqualTo(key.getPublic());
    }
  }

  @Test
  void anAuthorityThatCannotBeReachedIsAskedAgainLaterAlsoAfterARestart() throws Exception {
    URI nowhere = URI.create("https://localhost:" + Pebble.freePort() + "/dir");
    Path authority = temporary.resolve("authority.pem");
    Credentials own =
        new SelfSigned(List.of("localhost"), temporary, Clock.systemUTC()).poll().orElseThrow();
    Files.writeString(authority, Pem.encode("CERTIFICATE", own.certificate().getEncoded()));
    TlsSettings settings = AcmeServer.settings(NAMES, nowhere, authority, AcmeSettings.TLS_ALPN);
    AcmeFolder kept = new AcmeFolder(data().resolve("tls/acme"), nowhere);
    Instant next;
    try (AcmeServer server = new AcmeServer()) {
      server.start(settings, data());
      Await.until(() -> kept.state(NAMES).failures() == 1);
      next = kept.state(NAMES).notBefore().orElseThrow();
      assertThat(next).isAfter(Instant.now().plusSeconds(30));
      assertThat(AcmeServer.isIssued(server.shown())).isFalse();
    }
    try (AcmeServer again = new AcmeServer()) {
      again.start(settings, data());
      again.shown();
      assertThat(kept.state(NAMES).notBefore()).hasValue(next);
      assertThat(kept.state(NAMES).failures()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalIsNotFollowedByAnother() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, Pebble.freePort(), "", quick())) {
      server.start(settings(pebble, AcmeSettings.TLS_ALPN), data());
      Await.until(() -> state(pebble).failures() == 1);

      assertThat(state(pebble).notBefore().orElseThrow())
          .isAfter(Instant.now().plus(Duration.ofMinutes(14)));
      assertThat(state(pebble).order()).isEmpty();
    }
  }

  @Test
  void goesOnWithAnOrderThatWasInterrupted() throws Exception {
    Map<String, String> slow = Map.of("PEBBLE_VA_SLEEPTIME", "4", "PEBBLE_WFE_NONCEREJECT", "20");
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", slow)) {
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      Challenges first = new Challenges();
      AcmeKeeper interrupted = keeper(settings, pebble, first, () -> HERE, made -> {});
      interrupted.start(true);
      Await.until(() -> state(pebble).order().isPresent());
      interrupted.close();
      server.start(settings, data());

      X509Certificate issued = server.awaitIssued();
      assertThat(Names.of(issued)).containsExactlyInAnyOrderElementsOf(NAMES);
      assertThat(state(pebble).failures()).isZero();
    }
  }

  @Test
  void replacesACertificateThatTheAuthorityCallsBack() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", reusing());
        AdvisedPebble advised = new AdvisedPebble(temporary.resolve("advised"), pebble)) {
      TlsSettings settings =
          AcmeServer.settings(
              NAMES,
              advised.directory(),
              AdvisedPebble.authority(temporary.resolve("advised")),
              AcmeSettings.TLS_ALPN);
      AcmeFolder kept = new AcmeFolder(data().resolve("tls/acme"), advised.directory());
      X509Certificate first;
      try (AcmeServer before = server) {
        before.start(settings, data());
        first = before.awaitIssued();
        Await.until(() -> kept.state(NAMES).askAt().isPresent());
      }
      assertThat(kept.state(NAMES).renewAt().orElseThrow())
          .as("the authority's advice, not two thirds of five years")
          .isBefore(Instant.now().plus(Duration.ofDays(1002)))
          .isAfter(Instant.now().plus(Duration.ofDays(998)));

      advised.callBack();
      AcmeState state = kept.state(NAMES);
      kept.keepState(
          state.planned(
              new RenewalPlan(
                  state.renewAt().orElseThrow(), Optional.of(Instant.now().minusSeconds(1)))));
      int asked = advised.asked.get();
      Challenges challenges = new Challenges();
      List<Credentials> installed = new CopyOnWriteArrayList<>();
      try (AcmeKeeper later =
          new AcmeKeeper(
              settings,
              kept,
              challenges,
              Clock.systemUTC(),
              new java.util.Random(1),
              () -> HERE,
              installed::add)) {
        assertThat(later.stored()).isPresent();
        later.start(true);
        Await.until(() -> advised.asked.get() > asked);
        // the port is closed by now, but what was proved counts
        Await.until(() -> installed.size() > 1);
      }
      assertThat(installed.get(0).certificate()).isEqualTo(first);
      assertThat(installed.get(1).certificate()).isNotEqualTo(first);
    }
  }

  private AcmeKeeper keeper(
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

  private Path data() {
    return temporary.resolve("data");
  }

  private AcmeFolder kept(Pebble pebble) {
    return new AcmeFolder(data().resolve("tls/acme"), pebble.directory());
  }

  private Path folderOf(Pebble pebble) {
    return Path.of(kept(pebble).toString());
  }

  private AcmeState state(Pebble pebble) {
    return kept(pebble).state(NAMES);
  }

  private static Map<String, String> quick() {
    return Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "20");
  }

  private static Map<String, String> reusing() {
    return Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_AUTHZREUSE", "100");
  }

  private Pebble pebble(int http, int https, String configuration, Map<String, String> environment)
      throws Exception {
    return Pebble.start(
        temporary.resolve("pebble" + System.nanoTime()), http, https, configuration, environment);
  }

  private static TlsSettings settings(Pebble pebble, String... challenges) {
    return AcmeServer.settings(NAMES, pebble.directory(), pebble.authority(), challenges);
  }

  private static void assertOnlyOurs(Path folder) throws Exception {
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

  private static String answerOn(SSLSocket socket) throws Exception {
    OutputStream out = socket.getOutputStream();
    out.write(
        "GET /health HTTP/1.1\r\nHost: meet.example.org\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static final class Listening extends Handler {
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
