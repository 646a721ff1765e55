package org.meetjar.relay;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Sessions without anybody, in which the operator tries the relay. They live for a minute. */
final class Trials {
  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final int MOST = 16;

  /** When each ends, by {@link System#nanoTime}. */
  private final ConcurrentMap<String, Long> ends = new ConcurrentHashMap<>();

  /** Begins one; when there are too many, they end first. */
  void add(String session) {
    long now = System.nanoTime();
    ends.values().removeIf(end -> end - now < 0);
    if (ends.size() >= MOST) {
      ends.clear();
    }
    ends.put(session, now + LIFETIME.toNanos());
  }

  boolean alive(String session) {
    Long end = ends.get(session);
    return end != null && end - System.nanoTime() > 0;
  }
}
