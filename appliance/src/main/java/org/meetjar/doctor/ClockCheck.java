package org.meetjar.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meetjar.machine.Machine;

/**
 * Whether the clock is right: certificates depend on it, and tokens.
 *
 * @param authority the time by the certificate authority that the server has anyway; empty when
 *     there is none, or it does not answer
 */
record ClockCheck(Machine machine, Clock clock, Supplier<Optional<Instant>> authority)
    implements Check {
  private static final Duration TOLERABLE = Duration.ofSeconds(30);
  private static final Duration FATAL = Duration.ofMinutes(10);
  private static final String REMEDY = "switch a time service on: timedatectl set-ntp true";

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> run() {
    Optional<Instant> theirs = authority.get();
    if (theirs.isPresent()) {
      Duration difference = Duration.between(theirs.get(), clock.instant()).abs();
      String text =
          "the clock and the certificate authority's differ by " + difference.toSeconds() + " s";
      if (difference.compareTo(FATAL) > 0) {
        return List.of(failure(text, REMEDY));
      }
      return List.of(difference.compareTo(TOLERABLE) > 0 ? warning(text, REMEDY) : ok(text));
    }
    Optional<String> synchronised =
        machine
            .ask("timedatectl", "show", "--property=NTPSynchronized", "--value")
            .map(String::strip);
    if (synchronised.filter("yes"::equals).isPresent()) {
      return List.of(ok("the clock is kept by a time service"));
    }
    return List.of(
        synchronised.filter("no"::equals).isPresent()
            ? warning("the clock is not kept by a time service", REMEDY)
            : note("whether the clock is right cannot be known here", "compare it: date -u"));
  }
}
