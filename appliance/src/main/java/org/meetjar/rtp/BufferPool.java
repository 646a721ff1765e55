package org.meetjar.rtp;

import java.util.ArrayDeque;

/**
 * Buffers for cached packets in a few sizes, taken from a budget that is shared by the process. One
 * per loop. Free buffers are kept for the next packet, within the budget.
 */
public final class BufferPool {
  private static final int[] SIZES = {320, 768, 1280, MediaPacket.MAX_SAVED_LENGTH};
  private static final int KEPT_PER_SIZE = 256;

  private final CacheBudget budget;
  private final ArrayDeque<byte[]>[] free;

  @SuppressWarnings({"unchecked", "rawtypes"})
  public BufferPool(CacheBudget budget) {
    this.budget = budget;
    free = new ArrayDeque[SIZES.length];
    for (int i = 0; i < free.length; i++) {
      free[i] = new ArrayDeque<>();
    }
  }

  /** A buffer of at least this size, or null when the budget is spent. */
  byte[] take(int size) {
    int index = index(size);
    byte[] kept = free[index].pollLast();
    if (kept != null) {
      return kept;
    }
    return budget.take(SIZES[index]) ? new byte[SIZES[index]] : null;
  }

  void release(byte[] buffer) {
    ArrayDeque<byte[]> list = free[index(buffer.length)];
    if (list.size() < KEPT_PER_SIZE) {
      list.addLast(buffer);
    } else {
      budget.release(buffer.length);
    }
  }

  private static int index(int size) {
    for (int i = 0; i < SIZES.length; i++) {
      if (size <= SIZES[i]) {
        return i;
      }
    }
    throw new IllegalArgumentException("no packet has " + size + " bytes");
  }
}
