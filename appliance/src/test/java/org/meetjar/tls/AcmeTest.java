package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.meetjar.Await;
import org.meetjar.FreePort;
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.TlsSettings;

/** Certificates from a real authority, Pebble, that misbehaves as authorities may. */
class AcmeTest extends AcmeHarness {
  @Test
  void provesItsNamesOnTheEncryptedPortAlone() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", ROUGH)) {
      TlsSettings settings = settings(pebble, AcmeSettings.TLS_ALPN);
      server.open(settings, data());
      assertThat(AcmeServer.isIssued(server.shown())).isFalse();
      try (SSLSocket before = server.connect()) {
        server.obtain();
        X509Certificate issued = server.awaitIssued();

        assertThat(Names.of(issued)).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(answerOn(before)).startsWith("HTTP/1.1 200");
        assertThat(server.trusted()).as("HSTS for a test authority").isFalse();
      }
      // what is written last
      Await.until(() -> state(pebble).renewAt().isPresent());
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
        Pebble pebble = pebble(server.httpPort(), FreePort.any(), "", quick())) {
      server.start(settings(pebble, AcmeSettings.TLS_ALPN, AcmeSettings.HTTP), data());

      server.awaitIssued();
      Await.until(() -> state(pebble).challenge().isPresent());
      assertThat(state(pebble).challenge()).hasValue(AcmeSettings.HTTP);
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
}
