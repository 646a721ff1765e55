package org.meetjar.transport;

import java.util.function.LongSupplier;
import org.meetjar.loop.Loop;

/** The timers of a media loop, as others see them: set and cancelled from any thread. */
final class LoopTimers {
  private final UdpMediaLoop loop;
  private final LongSupplier clock;
  private final TimerHeap heap = new TimerHeap();

  /**
   * @param clock in nanoseconds
   */
  LoopTimers(UdpMediaLoop loop, LongSupplier clock) {
    this.loop = loop;
    this.clock = clock;
  }

  Loop.Timer schedule(long delayNanos, Runnable task) {
    TimerHeap.Entry entry = new TimerHeap.Entry(task, clock.getAsLong() + delayNanos);
    if (loop.inLoop()) {
      heap.add(entry);
    } else {
      loop.execute(() -> heap.add(entry));
    }
    return () -> cancel(entry);
  }

  private void cancel(TimerHeap.Entry entry) {
    if (loop.inLoop()) {
      heap.remove(entry);
    } else {
      loop.executeQuietly(() -> heap.remove(entry));
    }
  }

  /** Nanoseconds until the first is due; 0 or less when it is. On the loop. */
  long untilNext() {
    return heap.size() == 0 ? Long.MAX_VALUE : heap.untilNext(clock.getAsLong());
  }

  /** Runs what is due; says whether anything was. On the loop. */
  boolean run(LoopTasks guard) {
    if (heap.size() == 0) {
      return false;
    }
    boolean worked = false;
    long now = clock.getAsLong();
    for (TimerHeap.Entry due = heap.poll(now); due != null; due = heap.poll(now)) {
      guard.guard(due.task);
      worked = true;
    }
    return worked;
  }
}
