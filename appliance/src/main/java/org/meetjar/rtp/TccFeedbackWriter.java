package org.meetjar.rtp;

import java.util.Arrays;

/**
 * Records when the packets of one transport arrived and says so to the sender, in the form of
 * draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1. A packet that comes after it was
 * reported missing is reported anew, with those that follow it.
 */
public final class TccFeedbackWriter {
  private static final int CAPACITY = 2048;
  private static final int MAX_STATUSES = 500;
  private static final long TICK_NANOS = 250_000;
  private static final long REFERENCE_NANOS = 64_000_000;
  private static final int NOT_RECEIVED = 0;
  private static final int SMALL = 1;
  private static final int LARGE = 2;

  private final long[] arrivals = new long[CAPACITY];
  private final byte[] symbols = new byte[MAX_STATUSES];
  private final int[] deltas = new int[MAX_STATUSES];
  private boolean started;
  private long originNanos;
  private long next;
  private long newest;
  private int feedbackCount;

  public TccFeedbackWriter() {
    Arrays.fill(arrivals, -1);
  }

  /**
   * Records a packet.
   *
   * @param sequence transport-wide sequence number
   * @param nanos time of arrival
   */
  public void received(int sequence, long nanos) {
    if (!started) {
      started = true;
      originNanos = nanos;
      next = sequence;
      newest = next - 1;
    }
    long extended = SequenceNumbers.extend(newest, sequence);
    if (extended <= newest - CAPACITY / 2) {
      return;
    }
    if (extended - newest > CAPACITY / 2) {
      Arrays.fill(arrivals, -1);
      next = extended;
      newest = extended - 1;
    }
    for (long gap = newest + 1; gap < extended; gap++) {
      arrivals[index(gap)] = -1;
    }
    if (extended <= newest && arrivals[index(extended)] >= 0) {
      return;
    }
    arrivals[index(extended)] = Math.max(0, nanos - originNanos);
    newest = Math.max(newest, extended);
    next = Math.max(Math.min(next, extended), newest - CAPACITY / 2 + 1);
  }

  public boolean hasNews() {
    return started && next <= newest;
  }

  /** About how many packets have come, or are missing, that were not reported yet. */
  public int newsCount() {
    return started ? (int) Math.max(0, newest - next + 1) : 0;
  }

  /**
   * Writes one feedback packet.
   *
   * @return its size, 0 when there is nothing to say or no room
   */
  int write(byte[] b, int offset, int room, int sender, int source) {
    while (hasNews() && arrivals[index(next)] < 0) {
      next++;
    }
    if (!hasNews() || room < 64) {
      return 0;
    }
    long reference = Math.floorDiv(arrivals[index(next)], REFERENCE_NANOS);
    int statuses = collect(reference * REFERENCE_NANOS, room - 24);
    BigEndian.put32(b, offset + 4, sender);
    BigEndian.put32(b, offset + 8, source);
    BigEndian.put16(b, offset + 12, (int) next);
    BigEndian.put16(b, offset + 14, statuses);
    BigEndian.put24(b, offset + 16, (int) reference);
    b[offset + 19] = (byte) feedbackCount++;
    int at = chunks(b, offset + 20, statuses);
    for (int i = 0; i < statuses; i++) {
      if (symbols[i] == SMALL) {
        b[at++] = (byte) deltas[i];
      } else if (symbols[i] == LARGE) {
        BigEndian.put16(b, at, deltas[i]);
        at += 2;
      }
    }
    next += statuses;
    int size = pad(b, offset, at);
    b[offset + 1] = (byte) RtcpReader.RTPFB;
    BigEndian.put16(b, offset + 2, size / 4 - 1);
    return size;
  }

  private static int pad(byte[] b, int offset, int end) {
    int at = end;
    int padding = -(at - offset) & 3;
    b[offset] = (byte) (0x80 | 15);
    if (padding > 0) {
      b[offset] |= 0x20;
      for (int i = 1; i <= padding; i++) {
        b[at++] = (byte) (i == padding ? padding : 0);
      }
    }
    return at - offset;
  }

  /** Fills symbols and deltas, as many as fit; the last one is of a packet that came. */
  private int collect(long referenceNanos, int room) {
    long before = referenceNanos / TICK_NANOS;
    int count = 0;
    int size = 0;
    int complete = 0;
    for (long sequence = next; sequence <= newest && count < MAX_STATUSES; sequence++) {
      long arrival = arrivals[index(sequence)];
      if (arrival < 0) {
        symbols[count++] = NOT_RECEIVED;
        continue;
      }
      long tick = arrival / TICK_NANOS;
      long delta = tick - before;
      if (delta != (short) delta) {
        break;
      }
      boolean small = delta >= 0 && delta <= 255;
      size += small ? 1 : 2;
      if (size + 2 * (count / 7 + 2) > room) {
        break;
      }
      symbols[count] = (byte) (small ? SMALL : LARGE);
      deltas[count++] = (int) delta;
      before = tick;
      complete = count;
    }
    return complete;
  }

  /** Run-length chunks where they pay, else two-bit vectors of seven, section 3.1.3 and 3.1.4. */
  private int chunks(byte[] b, int offset, int statuses) {
    int at = offset;
    int i = 0;
    while (i < statuses) {
      int run = 1;
      while (i + run < statuses && run < 0x1fff && symbols[i + run] == symbols[i]) {
        run++;
      }
      int chunk;
      if (run >= 7 || i + run == statuses) {
        chunk = symbols[i] << 13 | run;
        i += run;
      } else {
        chunk = 0xc000;
        for (int j = 0; j < 7 && i < statuses; j++, i++) {
          chunk |= symbols[i] << (12 - 2 * j);
        }
      }
      BigEndian.put16(b, at, chunk);
      at += 2;
    }
    return at;
  }

  private static int index(long sequence) {
    return (int) Math.floorMod(sequence, (long) CAPACITY);
  }
}
