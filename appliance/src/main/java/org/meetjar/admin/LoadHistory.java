package org.meetjar.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The load of the last quarter of an hour, for the charts. {@link #sample} is to be called every
 * {@link #EVERY}, on a worker; the rest from any thread.
 */
public final class LoadHistory {
  public static final Duration EVERY = Duration.ofSeconds(5);

  /** A quarter of an hour; about 100 bytes each. */
  private static final int KEPT = 180;

  /**
   * The machine at one moment; rates are of the time since the sample before.
   *
   * @param atMillis since 1970
   * @param cpu the part of all processors that was in use, 0 to 1
   */
  record Sample(
      long atMillis,
      double cpu,
      long residentBytes,
      long heapUsedBytes,
      long bitsInPerSecond,
      long bitsOutPerSecond,
      int meetings,
      int people) {}

  private record Reading(long nanos, long cpuNanos, long bytesIn, long bytesOut) {}

  private final Traffic traffic;
  private final Clock clock;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private Reading before;

  public LoadHistory(Traffic traffic, Clock clock) {
    this.traffic = traffic;
    this.clock = clock;
    before = read();
  }

  /** Takes a sample. */
  public synchronized void sample() {
    Reading now = read();
    double seconds = Math.max(0.001, (now.nanos - before.nanos) / 1e9);
    double cpu = (now.cpuNanos - before.cpuNanos) / 1e9 / seconds / ProcessLoad.processors();
    samples.addLast(
        new Sample(
            clock.millis(),
            Math.max(0, Math.min(1, cpu)),
            ProcessLoad.residentBytes(),
            ProcessLoad.heapUsedBytes(),
            rate(now.bytesIn - before.bytesIn, seconds),
            rate(now.bytesOut - before.bytesOut, seconds),
            traffic.meetings(),
            traffic.people()));
    before = now;
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  /** The oldest first. */
  synchronized List<Sample> samples() {
    return new ArrayList<>(samples);
  }

  synchronized Optional<Sample> latest() {
    return Optional.ofNullable(samples.peekLast());
  }

  private Reading read() {
    return new Reading(
        System.nanoTime(), ProcessLoad.cpuTime().toNanos(), traffic.bytesIn(), traffic.bytesOut());
  }

  private static long rate(long bytes, double seconds) {
    return Math.max(0, Math.round(bytes * 8 / seconds));
  }
}
