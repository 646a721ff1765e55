package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            .failed(at.plusSeconds(2), "no reason", Optional.of(DnsView.Aim.NOWHERE));

    assertThat(AcmeState.parse(state.toJson())).hasValue(state);
    assertThat(AcmeState.parse("{")).isEmpty();
    assertThat(AcmeState.parse("{\"not-before\": \"soon\"}")).isEmpty();
  }

  @Test
  void certificatesThatAreReplacedYoungAreFollowedByARest() {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    Duration life = Duration.ofDays(90);
    AcmeState first = AcmeState.fresh(List.of("a.example")).done(at, life);
    assertThat(first.notBefore()).isEmpty();

    AcmeState second = first.done(at.plusSeconds(60), life);
    assertThat(second.notBefore()).hasValue(at.plusSeconds(60).plus(Duration.ofHours(1)));
    AcmeState third = second.done(at.plus(Duration.ofHours(2)), life);
    assertThat(third.notBefore()).hasValue(at.plus(Duration.ofHours(4)));
    AcmeState many = third;
    for (int i = 0; i < 100; i++) {
      many = many.done(at.plus(Duration.ofHours(5)), life);
    }
    assertThat(many.notBefore()).hasValue(at.plus(Duration.ofHours(5 + 72)));

    AcmeState inTime = many.done(at.plus(Duration.ofDays(60)), life);
    assertThat(inTime.notBefore()).isEmpty();
    assertThat(inTime.haste()).isZero();
    assertThat(first.done(at.plusSeconds(1), Duration.ofMinutes(6)).notBefore())
        .as("no longer than short lives allow")
        .hasValue(at.plusSeconds(61));
  }

  @Test
  void whatTheDiskDoesNotTakeIsRememberedAllTheSame(@TempDir Path folder) throws Exception {
    Path blocked = Files.writeString(folder.resolve("file"), "");
    List<String> names = List.of("a.example");
    AcmeFolder kept = new AcmeFolder(blocked, URI.create("https://ca.example/dir"));
    AcmeState failed =
        kept.state(names).failed(Instant.parse("2026-01-02T03:04:05Z"), "no", Optional.empty());

    assertThatThrownBy(() -> kept.keepState(failed)).isInstanceOf(IOException.class);
    assertThat(kept.state(names)).isEqualTo(failed);
  }

  @Test
  void adviceDoesNotPutRenewalOffUntilTheEnd(@TempDir Path folder) {
    X509Certificate certificate =
        new SelfSigned(List.of("a.example"), folder, Clock.systemUTC())
            .poll()
            .orElseThrow()
            .certificate();
    Instant expiry = certificate.getNotAfter().toInstant();
    Instant ask = Instant.now();

    RenewalPlan late = RenewalPlan.suggested(certificate, expiry, expiry.plusSeconds(9), 0.5, ask);
    RenewalPlan past = RenewalPlan.suggested(certificate, ask, ask.plusSeconds(100), 0.5, ask);

    assertThat(late.renewAt()).isBefore(expiry.minus(Duration.ofDays(39)));
    assertThat(past.renewAt()).isEqualTo(ask.plusSeconds(50));
  }

  @Test
  void anAddressIsAskedForByItsReverseName() {
    assertThat(Names.serverName("203.0.113.7")).isEqualTo("7.113.0.203.in-addr.arpa");
    assertThat(Names.serverName("2001:db8::1"))
        .isEqualTo("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    assertThat(Names.serverName("meet.example.org")).isEqualTo("meet.example.org");
  }

  private static AcmeFailure limited(Duration wait) {
    return new AcmeFailure(AcmeFailure.Kind.TOO_MUCH, "too often", Optional.of(wait), null);
  }
}
