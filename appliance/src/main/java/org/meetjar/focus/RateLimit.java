package org.meetjar.focus;

import java.time.Duration;
import java.util.ArrayDeque;
import org.meetjar.loop.Loop;

/** At most so many in a period, and none sooner than an interval after the last. */
final class RateLimit {
  private final Loop loop;
  private final long intervalNanos;
  private final int max;
  private final long periodNanos;
  private final ArrayDeque<Long> accepted = new ArrayDeque<>();

  RateLimit(Loop loop, Duration interval, int max, Duration period) {
    this.loop = loop;
    this.intervalNanos = interval.toNanos();
    this.max = max;
    this.periodNanos = period.toNanos();
  }

  /** Whether one more is within the limit; it then counts. */
  boolean accept() {
    long now = loop.nanoTime();
    while (!accepted.isEmpty() && now - accepted.peekFirst() >= periodNanos) {
      accepted.removeFirst();
    }
    boolean tooSoon = !accepted.isEmpty() && now - accepted.peekLast() < intervalNanos;
    if (tooSoon || accepted.size() >= max) {
      return false;
    }
    accepted.addLast(now);
    return true;
  }
}
