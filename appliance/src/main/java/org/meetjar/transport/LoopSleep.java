package org.meetjar.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.meetjar.datagram.PortGroup;

/**
 * How a loop waits, and is woken. After a turn that brought media it rests for a moment before it
 * looks again: a wake-up costs more than a packet, and what has gathered meanwhile leaves in fewer
 * system calls. While people talk it goes from rest to rest and no packet wakes it; when a few
 * rests in a row brought nothing it sleeps. Tasks end a rest, packets do not; either ends a sleep.
 * The loop sleeps, anybody wakes.
 */
final class LoopSleep {
  /** Rests shorter than that cost more than they save. */
  private static final long SHORTEST_REST = 100_000L;

  private static final int AWAKE = 0;
  private static final int RESTING = 1;
  private static final int ASLEEP = 2;

  /** What is due in a rest waits so long for its end, rather than to wake the loop for itself. */
  static final long LATE_NANOS = 2_000_000L;

  /** With fewer packets than that in a turn it is the wake-up that costs: rests are longer. */
  static final int FEW = 12;

  /** So many rests that bring nothing are followed by another. */
  static final int EMPTY_RESTS = 2;

  private final long gatherNanos;
  private final LongSupplier clock;
  private final AtomicInteger state = new AtomicInteger();
  private long restUntil;
  private int emptyRests = EMPTY_RESTS;

  /**
   * @param gatherNanos how long a rest is; twice as long when few packets come
   * @param clock in nanoseconds
   */
  LoopSleep(long gatherNanos, LongSupplier clock) {
    this.gatherNanos = gatherNanos;
    this.clock = clock;
    restUntil = clock.getAsLong();
  }

  /**
   * A turn has looked for packets.
   *
   * @param media how many there were that belong to calls; checks and handshakes begin no rest
   * @param more whether there are more than were taken: then there is no rest
   */
  void received(long now, int media, boolean more) {
    if (more) {
      restUntil = now;
      emptyRests = 0;
    } else if (media > 0) {
      restUntil = now + (media < FEW ? 2 * gatherNanos : gatherNanos);
      emptyRests = 0;
    } else if (emptyRests < EMPTY_RESTS && now - restUntil >= 0) {
      restUntil = now + 2 * gatherNanos;
      emptyRests++;
    }
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
    long rest = restUntil - clock.getAsLong();
    if (wait < rest - LATE_NANOS) {
      rest = wait;
    }
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
