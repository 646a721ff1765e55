package org.meetjar.rtp;

import java.time.Duration;

/**
 * Finds out which packets of one incoming stream are missing, and when to ask for them (RFC 4585
 * section 6.2.1): first after a moment in which a reordered packet may still come, then once per
 * round trip, a few times.
 */
public final class NackGenerator {
  private static final int CAPACITY = 256;
  private static final long REORDER_NANOS = Duration.ofMillis(10).toNanos();
  private static final long MIN_RETRY_NANOS = Duration.ofMillis(40).toNanos();
  private static final int MAX_TRIES = 10;

  private final long[] missing = new long[CAPACITY];
  private final long[] dueNanos = new long[CAPACITY];
  private final byte[] tries = new byte[CAPACITY];
  private int count;
  private long newest = Long.MIN_VALUE;

  /** Takes note of a packet, new, late or retransmitted. */
  public void received(long sequence, long nanos) {
    if (newest == Long.MIN_VALUE) {
      newest = sequence;
      return;
    }
    if (sequence <= newest) {
      found(sequence);
      return;
    }
    if (sequence - newest > CAPACITY) {
      count = 0;
    } else {
      for (long gap = newest + 1; gap < sequence && count < CAPACITY; gap++) {
        missing[count] = gap;
        dueNanos[count] = nanos + REORDER_NANOS;
        tries[count] = 0;
        count++;
      }
    }
    newest = sequence;
  }

  public boolean isWaiting() {
    return count > 0;
  }

  /**
   * Writes the 16-bit sequence numbers to ask for now, in ascending order.
   *
   * @param roundTripNanos to the sender
   * @return how many
   */
  public int collect(long nanos, long roundTripNanos, int[] into) {
    int asked = 0;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (nanos - dueNanos[i] >= 0 && asked < into.length) {
        if (tries[i] == MAX_TRIES) {
          continue;
        }
        into[asked++] = (int) missing[i] & 0xffff;
        tries[i]++;
        dueNanos[i] = nanos + Math.max(MIN_RETRY_NANOS, roundTripNanos * 5 / 4);
      }
      missing[kept] = missing[i];
      dueNanos[kept] = dueNanos[i];
      tries[kept] = tries[i];
      kept++;
    }
    count = kept;
    return asked;
  }

  /** Forgets what is missing before a key frame: nobody needs it any more. */
  public void keyFrame(long sequence) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (missing[i] > sequence) {
        missing[kept] = missing[i];
        dueNanos[kept] = dueNanos[i];
        tries[kept] = tries[i];
        kept++;
      }
    }
    count = kept;
  }

  /** Forgets all that is missing: it will not be asked for. */
  public void abandon() {
    count = 0;
  }

  private void found(long sequence) {
    for (int i = 0; i < count; i++) {
      if (missing[i] == sequence) {
        count--;
        System.arraycopy(missing, i + 1, missing, i, count - i);
        System.arraycopy(dueNanos, i + 1, dueNanos, i, count - i);
        System.arraycopy(tries, i + 1, tries, i, count - i);
        return;
      }
    }
  }
}
