package org.meetjar.rtp;

import java.time.Duration;

/**
 * The last plaintext packets of one incoming stream, for every receiver that lost some. It holds
 * them once, in the form that {@link MediaPacket} keeps inside. Bounded by count and age, and by
 * the process's {@link CacheBudget}: when that is spent the stream's own oldest packets go first.
 */
public final class RetransmissionCache {
  private static final int CAPACITY = 1024;
  private static final long MAX_AGE_NANOS = Duration.ofMillis(1500).toNanos();

  private final BufferPool pool;
  private byte[][] buffers = new byte[64][];
  private long[] sequences = new long[64];
  private long[] storedNanos = new long[64];
  private short[] lengths = new short[64];
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;
  private int count;

  public RetransmissionCache(BufferPool pool) {
    this.pool = pool;
  }

  public void put(MediaPacket packet, long nanos) {
    long sequence = packet.sequence();
    if (count > 0 && sequence <= newest - CAPACITY) {
      return;
    }
    newest = Math.max(newest, sequence);
    oldest = Math.min(oldest, sequence);
    dropOlderThan(newest - CAPACITY + 1);
    while (newest - oldest >= sequences.length) {
      grow();
    }
    int index = index(sequence);
    if (buffers[index] != null) {
      return;
    }
    byte[] buffer = pool.take(packet.length());
    while (buffer == null && count > 0 && oldest < sequence) {
      dropOlderThan(oldest + 1);
      buffer = pool.take(packet.length());
    }
    if (buffer == null) {
      return;
    }
    packet.save(buffer);
    buffers[index] = buffer;
    sequences[index] = sequence;
    storedNanos[index] = nanos;
    lengths[index] = (short) packet.length();
    count++;
  }

  public boolean contains(long sequence) {
    int index = index(sequence);
    return buffers[index] != null && sequences[index] == sequence;
  }

  /** Copies a packet out, to be described anew; false if it is not there. */
  public boolean get(long sequence, MediaPacket into) {
    int index = index(sequence);
    if (buffers[index] == null || sequences[index] != sequence) {
      return false;
    }
    into.restore(buffers[index], lengths[index], sequence);
    return true;
  }

  /** Gives back what is too old to be asked for. To be called now and then. */
  public void expire(long nanos) {
    while (count > 0) {
      int index = index(oldest);
      if (buffers[index] != null && nanos - storedNanos[index] < MAX_AGE_NANOS) {
        return;
      }
      dropOlderThan(oldest + 1);
    }
    oldest = Long.MAX_VALUE;
  }

  /** Gives everything back. */
  public void clear() {
    dropOlderThan(newest + 1);
    oldest = Long.MAX_VALUE;
  }

  public int size() {
    return count;
  }

  private void dropOlderThan(long sequence) {
    if (count == 0 && sequence > oldest) {
      oldest = sequence;
      return;
    }
    while (oldest < sequence) {
      int index = index(oldest);
      if (buffers[index] != null && sequences[index] == oldest) {
        pool.release(buffers[index]);
        buffers[index] = null;
        count--;
      }
      oldest++;
      if (count == 0) {
        oldest = Math.max(oldest, sequence);
      }
    }
  }

  private int index(long sequence) {
    return (int) (sequence & sequences.length - 1);
  }

  private void grow() {
    byte[][] oldBuffers = buffers;
    long[] oldSequences = sequences;
    long[] oldNanos = storedNanos;
    short[] oldLengths = lengths;
    int larger = oldBuffers.length * 2;
    buffers = new byte[larger][];
    sequences = new long[larger];
    storedNanos = new long[larger];
    lengths = new short[larger];
    for (int i = 0; i < oldBuffers.length; i++) {
      if (oldBuffers[i] != null) {
        int to = index(oldSequences[i]);
        buffers[to] = oldBuffers[i];
        sequences[to] = oldSequences[i];
        storedNanos[to] = oldNanos[i];
        lengths[to] = oldLengths[i];
      }
    }
  }
}
