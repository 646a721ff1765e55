package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.meetjar.Await;
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.TlsSettings;

/** Of several names some cannot be proved. */
class AcmeSomeNamesTest extends AcmeHarness {
  private static final List<String> BOTH = List.of("meet.example.org", "gone.example.org");
  private static final DnsView NOWHERE =
      new DnsView(DnsView.Aim.NOWHERE, Optional.of("gone.example.org has no address"));

  @Test
  void aNameThatCannotBeProvedKeepsTheCertificateFromNoOther() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(server.httpPort(), server.httpsPort(), "", reusing())) {
      server.serve(data());
      pebble.forget("gone.example.org");
      TlsSettings settings =
          AcmeServer.settings(
              BOTH,
              pebble.directory(),
              pebble.authority(),
              AcmeSettings.TLS_ALPN,
              AcmeSettings.HTTP);
      List<Credentials> installed = new CopyOnWriteArrayList<>();
      try (AcmeKeeper keeper =
          keeper(settings, pebble, server.challenges(), () -> NOWHERE, installed::add)) {
        keeper.start(true);
        Await.until(() -> state(pebble, BOTH).failures() == 1);
        assertThat(keeper.problem()).contains("gone.example.org").contains("next attempt at");
      }
      assertThat(installed).hasSize(1);
      assertThat(Names.of(installed.get(0).certificate())).containsExactly("meet.example.org");
      AcmeState after = state(pebble, BOTH);
      assertThat(after.trouble().orElseThrow().why()).contains("gone.example.org");
      assertThat(after.notBefore().orElseThrow())
          .as("the other name is not asked for at once")
          .isAfter(Instant.now().plus(Duration.ofMinutes(10)));
      assertThat(CertificateState.stored(settings, data()).names())
          .containsExactly("meet.example.org");

      // the certificate for one of the names serves in a later run, too, while nothing has changed
      AtomicInteger looks = new AtomicInteger();
      Supplier<DnsView> still =
          () -> {
            looks.incrementAndGet();
            return NOWHERE;
          };
      try (AcmeKeeper later = keeper(settings, pebble, server.challenges(), still, made -> {})) {
        assertThat(later.stored()).isPresent();
        later.start(true);
        Await.until(() -> looks.get() > 0);
        assertThat(later.problem()).contains("gone.example.org");
      }
      assertThat(state(pebble, BOTH).failures()).isEqualTo(1);

      pebble.remember("gone.example.org");
      try (AcmeKeeper healed =
          keeper(settings, pebble, server.challenges(), () -> HERE, installed::add)) {
        healed.stored();
        healed.start(true);
        Await.until(() -> installed.size() > 2);
        Await.until(() -> healed.problem().isEmpty());
        Await.until(() -> state(pebble, BOTH).trouble().isEmpty());
      }
      assertThat(Names.of(installed.get(installed.size() - 1).certificate()))
          .containsExactlyInAnyOrderElementsOf(BOTH);
    }
  }

  @Test
  void aRetryForTheMissingNameLeavesThePresentCertificateAlone() throws Exception {
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", reusing())) {
      server.serve(data());
      pebble.forget("gone.example.org");
      TlsSettings settings =
          AcmeServer.settings(BOTH, pebble.directory(), pebble.authority(), AcmeSettings.TLS_ALPN);
      List<Credentials> installed = new CopyOnWriteArrayList<>();
      try (AcmeKeeper keeper =
          keeper(settings, pebble, server.challenges(), () -> NOWHERE, installed::add)) {
        keeper.start(true);
        Await.until(() -> state(pebble, BOTH).failures() == 1);
      }
      try (AcmeKeeper again =
          keeper(settings, pebble, server.challenges(), () -> HERE, installed::add)) {
        again.stored();
        again.start(true);
        Await.until(() -> state(pebble, BOTH).failures() == 2);
      }
      assertThat(installed).hasSize(2);
      assertThat(installed.get(1).certificate()).isEqualTo(installed.get(0).certificate());
    }
  }
}
