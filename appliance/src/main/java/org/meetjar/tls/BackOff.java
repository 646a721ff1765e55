package org.meetjar.tls;

import java.time.Duration;

/**
 * How long to wait after a failure. Let's Encrypt lets an account fail five times an hour for a
 * name, one more every twelve minutes; one attempt of ours may fail twice there.
 */
final class BackOff {
  private static final Duration UNREACHED = Duration.ofMinutes(1);
  private static final Duration UNREACHED_MOST = Duration.ofHours(1);
  private static final Duration REFUSED = Duration.ofMinutes(15);
  private static final Duration REFUSED_MOST = Duration.ofHours(24);
  private static final Duration TOO_MUCH = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(8);
  private static final double JITTER = 0.25;

  private BackOff() {}

  /**
   * @param failures how often it has failed in a row, this one included
   * @param chance from 0 to 1
   */
  static Duration after(AcmeFailure failure, int failures, double chance) {
    Duration wait =
        switch (failure.kind()) {
          case UNREACHED -> doubled(UNREACHED, failures, UNREACHED_MOST);
          case REFUSED -> doubled(REFUSED, failures, REFUSED_MOST);
          case TOO_MUCH -> TOO_MUCH;
        };
    wait = wait.plusMillis((long) (wait.toMillis() * JITTER * chance));
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
    return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }

  /**
   * How long to leave a certificate in peace that took the place of a young one.
   *
   * @param row how many such there were in a row, this one included
   */
  static Duration rest(int row, Duration lifetime) {
    Duration most = lifetime.dividedBy(6);
    Duration rest = doubled(Duration.ofHours(1), row, Duration.ofDays(3));
    return rest.compareTo(most) > 0 ? most : rest;
  }

  private static Duration doubled(Duration first, int failures, Duration most) {
    Duration wait = first.multipliedBy(1L << Math.min(20, failures - 1));
    return wait.compareTo(most) > 0 ? most : wait;
  }
}
