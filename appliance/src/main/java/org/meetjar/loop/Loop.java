package org.meetjar.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread that runs tasks in the order in which they were given. All methods may be called from
 * any thread.
 */
public interface Loop extends Executor {
  /**
   * Runs the task on the loop's thread, after those given before. A task that throws is logged and
   * harms no other.
   */
  @Override
  void execute(Runnable task);

  /** Runs the task on the loop's thread once the delay has passed. */
  Timer schedule(Duration delay, Runnable task);

  /** Whether the caller runs on this loop's thread. */
  boolean inLoop();

  /** Monotonic time in nanoseconds, of this loop's clock: a test's loop has a clock of its own. */
  long nanoTime();

  /** Wall-clock time in milliseconds since 1970, of this loop's clock. */
  long currentTimeMillis();

  /** A task that waits for its time. */
  interface Timer {
    /** Makes sure that the task does not start any more, when called on the loop's thread. */
    void cancel();
  }
}
