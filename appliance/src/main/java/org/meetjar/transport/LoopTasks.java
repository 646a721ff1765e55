package org.meetjar.transport;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a loop is asked to do, bounded: any thread adds, the loop runs. */
final class LoopTasks {
  private static final Logger log = LoggerFactory.getLogger(LoopTasks.class);

  private static final int PER_TURN = 256;

  /** Tasks waiting: a hundred for each of a hundred endpoints. */
  private static final int MAX = 10_000;

  private static final long LOG_NANOS = 1_000_000_000L;

  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final LongSupplier clock;
  private long failureLoggedNanos;

  /**
   * @param clock in nanoseconds
   */
  LoopTasks(LongSupplier clock) {
    this.clock = clock;
    failureLoggedNanos = clock.getAsLong() - LOG_NANOS;
  }

  /**
   * Adds a task.
   *
   * @throws RejectedExecutionException when too many wait
   */
  void add(Runnable task) {
    if (count.get() >= MAX) {
      throw new RejectedExecutionException("the media loop is overloaded");
    }
    count.incrementAndGet();
    tasks.add(task);
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /**
   * Runs some of what waits, one at least; says whether there was any.
   *
   * @param nanos after so long no further one begins
   */
  boolean run(long nanos) {
    long start = tasks.isEmpty() ? 0 : clock.getAsLong();
    for (int i = 0; i < PER_TURN; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return i > 0;
      }
      count.decrementAndGet();
      guard(task);
      if (nanos < Long.MAX_VALUE && clock.getAsLong() - start >= nanos) {
        return true;
      }
    }
    return true;
  }

  /** Runs a task that may throw: the loop goes on. */
  void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** At most one stack trace a second: what throws may throw for every packet. */
  void failed(RuntimeException e) {
    long now = clock.getAsLong();
    if (now - failureLoggedNanos >= LOG_NANOS) {
      failureLoggedNanos = now;
      log.error("a task of a media loop failed", e);
    }
  }
}
