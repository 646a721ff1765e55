package org.meetjar.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.meetjar.datagram.PortGroup;

/**
 * How a loop waits, and is woken. After a turn that brought packets it rests for a moment before it
 * looks again: a wake-up costs more than a packet, and what has gathered meanwhile leaves in fewer
 * system calls. Tasks end a rest, packets do not; either ends a sleep. The loop sleeps, anybody
 * wakes.
 */
final class LoopSleep {
  /** Rests shorter than that cost more than they save. */
  private static final long SHORTEST_REST = 100_000L;

  private static final int AWAKE = 0;
  private static final int RESTING = 1;
  private static final int ASLEEP = 2;

  private final long gatherNanos;
  private final AtomicInteger state = new AtomicInteger();
  private long restUntil = System.nanoTime();

  LoopSleep(long gatherNanos) {
    this.gatherNanos = gatherNanos;
  }

  /**
   * Packets have come.
   *
   * @param more whether there are more than were taken: then there is no rest
   */
  void received(long now, boolean more) {
    restUntil = more ? now : now + gatherNanos;
  }

  /**
   * Waits.
   *
   * @param wait nanoseconds until something is due
   * @param tasks whether there are tasks, or there is an end to it all
   * @param packets whether there are packets that other loops have handed over
   */
  void sleep(PortGroup group, long wait, BooleanSupplier tasks, BooleanSupplier packets)
      throws IOException {
    long rest = Math.min(wait, restUntil - System.nanoTime());
    if (rest >= SHORTEST_REST) {
      state.set(RESTING);
      if (!tasks.getAsBoolean()) {
        group.rest(rest);
      }
      state.set(AWAKE);
      group.await(0);
    } else if (wait <= 0) {
      group.await(0);
    } else {
      state.set(ASLEEP);
      group.await(tasks.getAsBoolean() || packets.getAsBoolean() ? 0 : wait);
      state.set(AWAKE);
    }
  }

  /** There is a task. */
  void wakeForTask(PortGroup group) {
    if (state.get() != AWAKE && state.getAndSet(AWAKE) != AWAKE) {
      group.wakeUp();
    }
  }

  /** There is a packet. */
  void wakeForPacket(PortGroup group) {
    if (state.get() == ASLEEP && state.compareAndSet(ASLEEP, AWAKE)) {
      group.wakeUp();
    }
  }
}
