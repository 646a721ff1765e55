package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an authority's limits are kept, and what is remembered of that. */
class BackOffTest {
  @Test
  void refusalsAreFollowedByEverLongerWaits() {
    AcmeFailure refused = new AcmeFailure(AcmeFailure.Kind.REFUSED, "no");

    assertThat(BackOff.after(refused, 1, 0)).isEqualTo(Duration.ofMinutes(15));
    assertThat(BackOff.after(refused, 2, 0)).isEqualTo(Duration.ofMinutes(30));
    assertThat(BackOff.after(refused, 2, 1)).isEqualTo(Duration.ofMinutes(30).plusSeconds(450));
    assertThat(BackOff.after(refused, 1_000_000, 0)).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void anAuthorityOutOfReachIsAskedAgainSooner() {
    AcmeFailure unreached = new AcmeFailure(AcmeFailure.Kind.UNREACHED, "away");

    assertThat(BackOff.after(unreached, 1, 0)).isEqualTo(Duration.ofMinutes(1));
    assertThat(BackOff.after(unreached, 40, 0)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whatTheAuthorityAsksForIsHeeded() {
    assertThat(BackOff.after(limited(Duration.ofHours(30)), 1, 0)).isEqualTo(Duration.ofHours(30));
    assertThat(BackOff.after(limited(Duration.ofSeconds(3)), 1, 0)).isEqualTo(Duration.ofHours(1));
    assertThat(BackOff.after(limited(Duration.ofDays(999)), 1, 0)).isEqualTo(Duration.ofDays(8));
  }

  @Test
  void whatIsRememberedIsReadAgain() {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    AcmeState state =
        AcmeState.fresh(List.of("a.example", "b.example"))
            .withAccount("https://authority.example/account/1")
            .withOrder(Optional.of("https://authority.example/order/1"))
            .proved("http-01")
            .planned(new RenewalPlan(at, Optional.of(at.plusSeconds(1))))
            .failed(at.plusSeconds(2));

    assertThat(AcmeState.parse(state.toJson())).hasValue(state);
    assertThat(AcmeState.parse("{")).isEmpty();
    assertThat(AcmeState.parse("{\"not-before\": \"soon\"}")).isEmpty();
  }

  @Test
  void anAddressIsAskedForByItsReverseName() {
    assertThat(Names.serverName("203.0.113.7")).isEqualTo("7.113.0.203.in-addr.arpa");
    assertThat(Names.serverName("meet.example.org")).isEqualTo("meet.example.org");
  }

  private static AcmeFailure limited(Duration wait) {
    return new AcmeFailure(AcmeFailure.Kind.TOO_MUCH, "too often", Optional.of(wait), null);
  }
}
