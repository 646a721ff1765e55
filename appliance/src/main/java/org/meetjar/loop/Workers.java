package org.meetjar.loop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The small pool for what blocks: hashing, disk, DNS, ACME. Its queue is bounded; {@link #execute}
 * throws {@link java.util.concurrent.RejectedExecutionException} when it is full, and the caller
 * tells its peer to come again.
 */
public final class Workers implements Executor, AutoCloseable {
  private final ThreadPoolExecutor executor;

  public Workers(int threads, int queued) {
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queued),
            task -> {
              Thread thread = new Thread(task, "worker");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  /** How many tasks wait. From any thread. */
  public int waiting() {
    return executor.getQueue().size();
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
