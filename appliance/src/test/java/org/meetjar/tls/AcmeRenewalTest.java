package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.meetjar.Await;
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.TlsSettings;

/** Certificates are replaced in time, and outlive the process. */
class AcmeRenewalTest extends AcmeHarness {
  @Test
  void renewsInTime() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble =
            pebble(0, server.httpsPort(), "\"certificateValidityPeriod\": 15,", quick())) {
      server.start(settings(pebble, AcmeSettings.TLS_ALPN), data());
      X509Certificate first = server.awaitIssued();

      Await.until(() -> isPlannedInTime(server, pebble));
      Await.until(() -> !server.shown().equals(first));
      X509Certificate second = server.shown();
      assertThat(AcmeServer.isIssued(second)).isTrue();
      assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
    }
  }

  /**
   * Whether the one that is shown now, or a later one, is planned to be replaced before it ends.
   */
  private boolean isPlannedInTime(AcmeServer server, Pebble pebble) throws Exception {
    Optional<Instant> planned = state(pebble).renewAt();
    Instant end = server.shown().getNotAfter().toInstant();
    return planned.isPresent() && planned.get().isBefore(end);
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
}
