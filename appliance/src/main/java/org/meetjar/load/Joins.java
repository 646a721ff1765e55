package org.meetjar.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.meetjar.load.check.Histogram;

/** Who came, how fast, and who did not. Belongs to the signalling loop. */
final class Joins {
  final Histogram took = new Histogram();
  final Map<String, Integer> failures = new TreeMap<>();
  long count;
  long failed;

  /** In the room, but alone and so without a session. */
  long alone;

  private long firstNanos;
  private long lastNanos;
  private Duration last = Duration.ZERO;

  void joined(Duration duration, long nanos) {
    count++;
    took.add(duration.toNanos());
    lastNanos = nanos;
    last = duration;
  }

  void began(long nanos) {
    if (firstNanos == 0) {
      firstNanos = nanos;
    }
  }

  void failed(String why) {
    failed++;
    failures.merge(why, 1, Integer::sum);
  }

  LoadResult.Join result() {
    return new LoadResult.Join(
        count,
        failed,
        alone,
        took.percentileMs(0.5),
        took.percentileMs(0.99),
        took.maxMs(),
        last.toNanos() / 1e6,
        perSecond(),
        failures);
  }

  private double perSecond() {
    return count == 0 ? 0 : count / Math.max(1e-9, (lastNanos - firstNanos) / 1e9);
  }
}
