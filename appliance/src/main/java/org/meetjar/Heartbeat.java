package org.meetjar;

import java.time.Duration;
import org.meetjar.loop.Loop;

/** Tells whether a loop still gets its work done. */
final class Heartbeat {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** A loop that was not heard of for so long is stuck, or far behind. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Loop loop;
  private volatile long beatAt = System.nanoTime();

  Heartbeat(Loop loop) {
    this.loop = loop;
  }

  /**
   * @param meanwhile done with each beat
   */
  void start(Runnable meanwhile) {
    loop.execute(() -> beat(meanwhile));
  }

  /** May be called from any thread. */
  boolean beats() {
    return System.nanoTime() - beatAt < PATIENCE.toNanos();
  }

  private void beat(Runnable meanwhile) {
    beatAt = System.nanoTime();
    loop.schedule(INTERVAL, () -> beat(meanwhile));
    meanwhile.run();
  }
}
