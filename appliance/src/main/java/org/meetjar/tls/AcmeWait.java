package org.meetjar.tls;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;

/** Asks again until something has happened at the authority, as often as it likes to be asked. */
final class AcmeWait {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LEAST = Duration.ofMillis(250);
  private static final Duration MOST = Duration.ofSeconds(5);

  private AcmeWait() {}

  static void until(PollableResource resource, Set<Status> statuses, Clock clock)
      throws AcmeException, AcmeFailure, InterruptedException {
    Duration pause = FIRST;
    Duration waited = Duration.ZERO;
    while (!statuses.contains(resource.getStatus())) {
      Optional<Instant> next = resource.fetch();
      if (statuses.contains(resource.getStatus())) {
        return;
      }
      Duration asked = next.map(at -> Duration.between(clock.instant(), at)).orElse(pause);
      if (asked.compareTo(LEAST) < 0) {
        asked = LEAST;
      }
      waited = waited.plus(asked);
      if (waited.compareTo(PATIENCE) > 0) {
        throw new AcmeFailure(
            AcmeFailure.Kind.UNREACHED,
            "the authority has not come to a decision",
            next.map(at -> Duration.between(clock.instant(), at)),
            null);
      }
      Thread.sleep(asked.toMillis());
      pause = pause.multipliedBy(2).compareTo(MOST) > 0 ? MOST : pause.multipliedBy(2);
    }
  }
}
