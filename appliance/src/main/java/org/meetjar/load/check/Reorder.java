package org.meetjar.load.check;

import java.time.Duration;

/**
 * Puts the packets of one stream into order and gives up on what does not come. Packets that come
 * in order pass straight through.
 *
 * @param <P> what is known of a packet
 */
abstract class Reorder<P> {
  /** How long a retransmission may take. */
  static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int CAPACITY = 512;

  private Object[] waiting = new Object[0];
  private int waitingCount;
  private long next = Long.MIN_VALUE;
  private long gapSinceNanos;

  /** Whether a packet of that number is of use; if not, it came already or too late. */
  final boolean wants(long sequence) {
    return next == Long.MIN_VALUE
        || (sequence >= next
            && !(waitingCount > 0 && sequence - next < CAPACITY && at(sequence) != null));
  }

  /** Whether the packet would be next, and nothing waits. */
  final boolean isNext(long sequence) {
    return (sequence == next || next == Long.MIN_VALUE) && waitingCount == 0;
  }

  /** The packet that {@link #isNext} was dealt with. */
  final void passed(long sequence) {
    next = sequence + 1;
  }

  /** Keeps a packet that is wanted but not next. */
  final void keep(long sequence, P packet, long nanos) {
    while (sequence - next >= CAPACITY) {
      skip(nanos);
      if (waitingCount == 0) {
        lost((int) Math.min(Integer.MAX_VALUE, sequence - next));
        next = sequence;
      }
    }
    if (waiting.length == 0) {
      waiting = new Object[CAPACITY];
    }
    if (waitingCount++ == 0) {
      gapSinceNanos = nanos;
    }
    waiting[(int) Math.floorMod(sequence, (long) CAPACITY)] = packet;
    drain(nanos);
  }

  /** Gives up on what has been missing for too long. */
  final void expire(long nanos) {
    if (waitingCount > 0 && nanos - gapSinceNanos > PATIENCE_NANOS) {
      skip(nanos);
    }
  }

  private void skip(long nanos) {
    if (waitingCount == 0) {
      return;
    }
    int missing = 0;
    while (at(next) == null) {
      next++;
      missing++;
    }
    lost(missing);
    drain(nanos);
  }

  private void drain(long nanos) {
    boolean moved = false;
    while (waitingCount > 0 && at(next) != null) {
      int index = (int) Math.floorMod(next, (long) CAPACITY);
      P packet = at(next);
      waiting[index] = null;
      waitingCount--;
      next++;
      moved = true;
      inOrder(packet);
    }
    if (moved) {
      gapSinceNanos = nanos;
    }
  }

  @SuppressWarnings("unchecked")
  private P at(long sequence) {
    return (P) waiting[(int) Math.floorMod(sequence, (long) CAPACITY)];
  }

  abstract void inOrder(P packet);

  abstract void lost(int packets);
}
