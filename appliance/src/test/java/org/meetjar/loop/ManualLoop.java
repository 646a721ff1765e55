package org.meetjar.loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A {@link Loop} whose thread is the test's and whose clock stands still until the test moves it.
 * Tasks run when the test calls {@link #run} or {@link #advance}, never on their own; they may come
 * from any thread.
 */
public final class ManualLoop implements Loop {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timed::at).thenComparingLong(Timed::order));
  private long nanoTime;
  private long order;
  private boolean running;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Timed timed = new Timed(nanoTime + delay.toNanos(), order++, task);
    timers.add(timed);
    return () -> timers.remove(timed);
  }

  @Override
  public boolean inLoop() {
    return running;
  }

  @Override
  public long nanoTime() {
    return nanoTime;
  }

  @Override
  public long currentTimeMillis() {
    return 1_700_000_000_000L + nanoTime / 1_000_000;
  }

  /** Runs everything that is due, and what that brings about, at the present time. */
  public void run() {
    running = true;
    try {
      while (true) {
        Runnable task = tasks.poll();
        if (task == null) {
          Timed due = timers.peek();
          if (due == null || due.at() > nanoTime) {
            return;
          }
          timers.poll();
          task = due.task();
        }
        task.run();
      }
    } finally {
      running = false;
    }
  }

  /** Moves the clock, stopping at every timer on the way. */
  public void advance(Duration duration) {
    run();
    long end = nanoTime + duration.toNanos();
    while (!timers.isEmpty() && timers.peek().at() <= end) {
      nanoTime = Math.max(nanoTime, timers.peek().at());
      run();
    }
    nanoTime = end;
    run();
  }

  private record Timed(long at, long order, Runnable task) {}
}
