package org.meetjar;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what other threads and processes bring about. */
public final class Await {
  /** Far more than anything takes: what comes late on a busy machine is no failure. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long LONGEST_PAUSE_MS = 50;

  private Await() {}

  /** Asks again and again until the answer is yes; fails when it never is. */
  public static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    long pause = 1;
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it has not come to pass");
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }
}
