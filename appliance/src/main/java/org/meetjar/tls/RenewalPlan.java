package org.meetjar.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a certificate is replaced.
 *
 * @param askAt when the authority is asked again; empty if it gives no advice
 */
record RenewalPlan(Instant renewAt, Optional<Instant> askAt) {
  private static final Duration USUAL = Duration.ofHours(6);
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(1);

  /**
   * At two thirds of its life, later by up to a tenth of the rest, so that not everybody comes at
   * once.
   *
   * @param chance from 0 to 1
   */
  static RenewalPlan byLifetime(X509Certificate certificate, double chance) {
    Instant from = certificate.getNotBefore().toInstant();
    Duration lifetime = Duration.between(from, certificate.getNotAfter().toInstant());
    Duration rest = lifetime.dividedBy(3);
    Duration shift = Duration.ofMillis((long) (rest.toMillis() * chance / 10));
    return new RenewalPlan(from.plus(lifetime).minus(rest).plus(shift), Optional.empty());
  }

  /**
   * At any moment of the span that the authority suggests, RFC 9773 section 4.2, but early enough
   * for some attempts to fail.
   *
   * @param chance from 0 to 1
   */
  static RenewalPlan suggested(
      X509Certificate certificate, Instant start, Instant end, double chance, Instant askAt) {
    long span = Math.max(0, Duration.between(start, end).toMillis());
    Instant suggested = start.plusMillis((long) (span * chance));
    Instant expiry = certificate.getNotAfter().toInstant();
    Duration lifetime = Duration.between(certificate.getNotBefore().toInstant(), expiry);
    Instant latest = expiry.minus(lifetime.dividedBy(10));
    return new RenewalPlan(suggested.isBefore(latest) ? suggested : latest, Optional.of(askAt));
  }

  /**
   * When to ask next: as the authority says, within reason (RFC 9773 section 4.3.2), otherwise in
   * six hours.
   */
  static Instant nextAsk(Instant now, Optional<Instant> retryAfter) {
    Instant wanted = retryAfter.orElse(now.plus(USUAL));
    Instant least = now.plus(LEAST);
    Instant most = now.plus(MOST);
    return wanted.isBefore(least) ? least : wanted.isAfter(most) ? most : wanted;
  }
}
