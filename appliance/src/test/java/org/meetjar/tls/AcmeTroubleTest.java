package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.meetjar.Await;
import org.meetjar.FreePort;
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.TlsSettings;

/** What fails is tried again, not too often, and not forgotten. */
class AcmeTroubleTest extends AcmeHarness {
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
  void anAuthorityThatCannotBeReachedIsAskedAgainLaterAlsoAfterARestart() throws Exception {
    URI nowhere = URI.create("https://localhost:" + FreePort.any() + "/dir");
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
        Pebble pebble = pebble(0, FreePort.any(), "", quick())) {
      server.start(settings(pebble, AcmeSettings.TLS_ALPN), data());
      Await.until(() -> state(pebble).failures() == 1);

      assertThat(state(pebble).notBefore().orElseThrow())
          .isAfter(Instant.now().plus(Duration.ofMinutes(14)));
      assertThat(state(pebble).order()).isEmpty();
    }
  }
}
