package org.meetjar.muc;

import org.meetjar.config.MucSettings;

/** What one occupant may send in a time. */
record Limits(TokenBucket presence, TokenBucket messages, TokenBucket direct) {

  static Limits of(MucSettings settings, long nowNanos) {
    return new Limits(
        bucket(settings.presences(), nowNanos),
        bucket(settings.messages(), nowNanos),
        bucket(settings.direct(), nowNanos));
  }

  private static TokenBucket bucket(MucSettings.Rate rate, long nowNanos) {
    return new TokenBucket(rate.perSecond(), rate.burst(), nowNanos);
  }
}
