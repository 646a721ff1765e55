package org.meetjar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.StartFailure;

/** Roles, the first run, saved settings and tokens. */
class OwnershipTest {
  private static final List<ScramKeys> KEYS = ScramKeys.of("correct horse");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] HASH = new byte[32];

  @TempDir Path temporary;

  @Test
  void theLastOwnerStays() {
    try (Store store = open()) {
      Accounts accounts = store.accounts();
      accounts.add("ada", KEYS, Role.OWNER);

      assertThatThrownBy(() -> accounts.remove("ada")).hasMessageContaining("only owner");
      assertThatThrownBy(() -> accounts.role("ada", Role.ADMIN)).hasMessageContaining("only owner");

      accounts.add("bob", KEYS);
      accounts.role("bob", Role.OWNER);
      accounts.remove("ada");
      assertThat(accounts.find("bob").orElseThrow().role()).isEqualTo(Role.OWNER);
    }
  }

  @Test
  void aSetupMakesTheOwnerOnce() {
    try (Store store = open()) {
      Setup setup = store.setup();
      assertThat(setup.needed()).isTrue();
      setup.offer(HASH, NOW.plusSeconds(60));
      assertThat(setup.offers(HASH, NOW)).isTrue();
      assertThat(setup.offers(new byte[] {1}, NOW)).isFalse();

      assertThat(setup.claim(HASH, NOW, "Ada", KEYS, Map.of("policy", "hosts"))).isTrue();

      assertThat(setup.needed()).isFalse();
      assertThat(setup.offers(HASH, NOW)).isFalse();
      assertThat(setup.claim(HASH, NOW, "eve", KEYS, Map.of())).isFalse();
      assertThat(store.accounts().list()).extracting(Account::role).containsExactly(Role.OWNER);
      assertThat(store.saved().all()).isEqualTo(Map.of("policy", "hosts"));
    }
  }

  @Test
  void aSetupExpiresAndIsReplacedByTheNext() {
    try (Store store = open()) {
      Setup setup = store.setup();
      setup.offer(HASH, NOW.plusSeconds(60));
      assertThat(setup.offers(HASH, NOW.plusSeconds(61))).isFalse();
      setup.offer(new byte[] {2}, NOW.plusSeconds(60));
      assertThat(setup.offers(HASH, NOW)).isFalse();
      assertThat(setup.offers(new byte[] {2}, NOW)).isTrue();
    }
  }

  @Test
  void anOwnerMadeElsewhereEndsTheSetup() {
    try (Store store = open()) {
      store.setup().offer(HASH, NOW.plusSeconds(60));
      store.accounts().add("ada", KEYS, Role.OWNER);

      assertThat(store.setup().offers(HASH, NOW)).isFalse();
      assertThat(store.setup().claim(HASH, NOW, "eve", KEYS, Map.of())).isFalse();
    }
  }

  @Test
  void aSetupThatFailsChangesNothing() {
    try (Store store = open()) {
      store.accounts().add("ada", KEYS);
      store.setup().offer(HASH, NOW.plusSeconds(60));

      assertThatThrownBy(
              () -> store.setup().claim(HASH, NOW, "ada", KEYS, Map.of("policy", "hosts")))
          .isInstanceOf(StartFailure.class);

      assertThat(store.saved().all()).isEmpty();
      assertThat(store.setup().offers(HASH, NOW)).isTrue();
      assertThat(store.accounts().find("ada").orElseThrow().role()).isEqualTo(Role.MEMBER);
    }
  }

  @Test
  void tokensAreFoundByTheirHashAlone() {
    try (Store store = open()) {
      AccessTokens tokens = store.accessTokens();
      AccessToken token = new AccessToken("id1", "Monitoring", false, NOW);
      assertThat(tokens.add(token, HASH)).isTrue();

      assertThat(tokens.find(HASH)).contains(token);
      assertThat(tokens.find(new byte[] {1})).isEmpty();
      assertThat(tokens.list()).containsExactly(token);
      assertThat(tokens.remove("id1")).isTrue();
      assertThat(tokens.remove("id1")).isFalse();
      assertThat(tokens.find(HASH)).isEmpty();
    }
  }

  @Test
  void passwordsAreVerified() {
    assertThat(KEYS).allSatisfy(keys -> assertThat(keys.matches("correct horse")).isTrue());
    assertThat(KEYS).allSatisfy(keys -> assertThat(keys.matches("correct")).isFalse());
    assertThat(ScramKeys.unknown().matches("")).isFalse();
    assertThat(ScramKeys.unknown().matches("anything")).isFalse();
  }

  private Store open() {
    return Store.open(DataFolder.open(temporary.resolve("data")));
  }
}
