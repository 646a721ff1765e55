package org.meetjar.bridge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meetjar.transport.MediaLoop;

/** A media loop whose time and turns are made by the test, on the test's thread. */
final class ManualMediaLoop implements MediaLoop {
  private record Due(long nanos, long order, Runnable task, AtomicBoolean cancelled) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
  private final List<Runnable> turnEnds = new ArrayList<>();
  private long nanos = Duration.ofHours(1).toNanos();
  private long order;

  /** Whether it cannot keep up. */
  boolean behind;

  /** How many timers have ended: a real loop wakes up for each. */
  int ended;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    timers.add(new Due(nanos + delay.toNanos(), order++, task, cancelled));
    return () -> cancelled.set(true);
  }

  @Override
  public Timer onTurnEnd(Runnable task) {
    turnEnds.add(task);
    return () -> turnEnds.remove(task);
  }

  @Override
  public boolean isBehind() {
    return behind;
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long currentTimeMillis() {
    return 1_700_000_000_000L + nanos / 1_000_000;
  }

  /** Runs what waits, and ends the turn. */
  void turn() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
    List.copyOf(turnEnds).forEach(Runnable::run);
  }

  /** Lets time pass, with every timer at its moment. */
  void advance(Duration time) {
    turn();
    long end = nanos + time.toNanos();
    while (!timers.isEmpty() && timers.peek().nanos() <= end) {
      Due due = timers.poll();
      nanos = Math.max(nanos, due.nanos());
      if (!due.cancelled().get()) {
        ended++;
        due.task().run();
        turn();
      }
    }
    nanos = end;
    turn();
  }
}
