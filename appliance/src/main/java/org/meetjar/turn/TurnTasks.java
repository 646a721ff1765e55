package org.meetjar.turn;

import java.nio.channels.Selector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** What other threads ask the TURN thread to do. */
final class TurnTasks {
  /** Tasks that wait; beyond it they are dropped, as the network drops packets. */
  private static final int MAX_TASKS = 8192;

  private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(MAX_TASKS);
  private final Selector selector;

  TurnTasks(Selector selector) {
    this.selector = selector;
  }

  /** Asks, from any thread; false when too many wait. */
  boolean offer(Runnable task) {
    boolean taken = tasks.offer(task);
    selector.wakeup();
    return taken;
  }

  /** Runs what waits. To be called on the TURN thread. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
