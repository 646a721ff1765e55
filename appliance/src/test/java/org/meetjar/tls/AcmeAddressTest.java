package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.TlsSettings;

/** Certificates for addresses, and for a short time. */
class AcmeAddressTest extends AcmeHarness {
  private static final String SIX = "2001:db8::7";

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

  /** Pebble believes everything here: its own look at an address needs a network that has it. */
  @Test
  void certifiesAnAddressOfTheNewKindAloneAndForAShortTime() throws Exception {
    Map<String, String> believing = Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_VA_ALWAYS_VALID", "1");
    Path folder = temporary.resolve("profiles");
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", believing);
        ProfilePebble profiles = new ProfilePebble(folder, pebble, "classic", "shortlived")) {
      server.start(
          AcmeServer.settings(
              List.of(SIX),
              profiles.directory(),
              ProfilePebble.authority(folder),
              AcmeSettings.TLS_ALPN),
          data());

      assertThat(Names.of(server.awaitIssued())).containsExactly(SIX);
      assertThat(profiles.ordered).containsExactly("shortlived");
    }
  }

  @Test
  void namesGetTheUsualProfileUnlessAnotherIsSet() throws Exception {
    Path folder = temporary.resolve("profiles");
    try (AcmeServer server = new AcmeServer();
        Pebble pebble = pebble(0, server.httpsPort(), "", quick());
        ProfilePebble profiles = new ProfilePebble(folder, pebble, "classic", "shortlived")) {
      server.serve(data());
      TlsSettings usual =
          AcmeServer.settings(
              NAMES, profiles.directory(), ProfilePebble.authority(folder), AcmeSettings.TLS_ALPN);
      obtain(usual.acme(), server);
      obtain(withProfile(usual.acme(), "classic"), server);
      assertThat(profiles.ordered).containsExactly("", "classic");

      assertThatThrownBy(() -> obtain(withProfile(usual.acme(), "tlsserver"), server))
          .isInstanceOf(AcmeFailure.class)
          .hasMessageContaining("has no profile tlsserver")
          .hasMessageContaining("shortlived");
    }
  }

  /** What an authority does at the encrypted port, RFC 8737 and RFC 8738 section 6. */
  @Test
  void answersForAnAddressOfTheNewKindByItsNameInReverseDns() throws Exception {
    byte[] validation = new byte[32];
    validation[0] = 7;
    String name = Names.serverName(SIX);
    assertThat(name)
        .isEqualTo("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    try (AcmeServer server = new AcmeServer()) {
      server.serve(data());
      try (Challenges.Offer offer =
          server
              .challenges()
              .offer(name, ChallengeCertificate.make(SIX, validation, Clock.systemUTC()))) {
        assertThat(offer).isNotNull();
        X509Certificate shown = server.shownToAuthority(name);
        assertThat(Names.of(shown)).containsExactly(SIX);
        assertThat(shown.getCriticalExtensionOIDs()).contains("1.3.6.1.5.5.7.1.31");
        assertThat(shown.getExtensionValue("1.3.6.1.5.5.7.1.31")).endsWith(validation);
      }
    }
  }

  private void obtain(AcmeSettings settings, AcmeServer server) throws Exception {
    AcmeFolder kept =
        new AcmeFolder(data().resolve("of-" + settings.profile()), settings.directory());
    new AcmeClient(settings, NAMES, kept, server.challenges(), true, Clock.systemUTC())
        .obtain(Optional.empty());
  }

  private static AcmeSettings withProfile(AcmeSettings settings, String profile) {
    return new AcmeSettings(
        settings.directory(),
        settings.directoryCa(),
        settings.email(),
        settings.challenges(),
        profile,
        settings.keyId(),
        settings.macKey());
  }
}
