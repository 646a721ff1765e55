package org.meetjar.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.meetjar.store.Setup;

/** The secret that makes its bearer the owner of a server that has none. */
public final class FirstRun {
  private FirstRun() {}

  /**
   * A fresh secret, in place of any earlier one; none when somebody owns the server. Blocks.
   *
   * @param lifetime how long it can be used
   */
  public static Optional<String> offer(Setup setup, Duration lifetime, Clock clock) {
    if (!setup.needed()) {
      return Optional.empty();
    }
    String secret = new Secrets().make();
    setup.offer(Secrets.hash(secret), clock.instant().plus(lifetime));
    return Optional.of(secret);
  }
}
