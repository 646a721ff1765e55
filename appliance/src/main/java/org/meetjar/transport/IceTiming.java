package org.meetjar.transport;

import java.time.Duration;

/**
 * How patient an ICE agent is.
 *
 * @param failAfter how long a peer may take until its first check succeeds
 * @param consentInterval time between consent checks, RFC 7675 section 5.1
 * @param consentTimeout how long no answer is taken as consent
 * @param silentForChecks the selected pair may bring nothing for so long before a check on another
 *     pair moves us there: longer than the 2.5 s between a browser's checks on a pair that is well
 * @param silentForMedia the same, before media on another pair moves us there
 */
record IceTiming(
    Duration failAfter,
    Duration consentInterval,
    Duration consentTimeout,
    Duration silentForChecks,
    Duration silentForMedia) {

  static IceTiming standard(Duration failAfter) {
    return new IceTiming(
        failAfter,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(3),
        Duration.ofSeconds(1));
  }
}
