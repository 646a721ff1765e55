package org.meetjar.load.media;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Who talks in a room: one at a time, for two to eight seconds, and in one turn out of five
 * somebody falls in. Belongs to the media thread.
 */
public final class Talk {
  private static final long SHORTEST_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(8).toNanos();

  /** In -dBov, RFC 6464. */
  private static final int SILENCE = 127;

  private final int people;
  private final RandomGenerator random;
  private int speaker;
  private int second = -1;
  private long untilNanos = Long.MIN_VALUE;

  public Talk(int people, RandomGenerator random) {
    this.people = people;
    this.random = random;
  }

  /** The audio level octet of somebody now: voice activity and loudness. */
  int level(int person, long nanos) {
    if (untilNanos == Long.MIN_VALUE || nanos - untilNanos >= 0) {
      speaker = random.nextInt(people);
      second = random.nextInt(5) == 0 ? random.nextInt(people) : -1;
      untilNanos = nanos + random.nextLong(SHORTEST_NANOS, LONGEST_NANOS);
    }
    if (person == speaker || person == second) {
      return 0x80 | (25 + random.nextInt(20));
    }
    return random.nextInt(4) == 0 ? 90 + random.nextInt(30) : SILENCE;
  }
}
