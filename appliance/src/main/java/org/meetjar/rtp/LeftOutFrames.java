package org.meetjar.rtp;

/**
 * The frames that were left out last, by their timestamps, for packets of theirs that come late.
 */
final class LeftOutFrames {
  private static final int CAPACITY = 8;

  private final int[] timestamps = new int[CAPACITY];
  private int count;

  void add(int timestamp) {
    timestamps[++count % CAPACITY] = timestamp;
  }

  boolean isLast(int timestamp) {
    return count > 0 && timestamps[count % CAPACITY] == timestamp;
  }

  boolean contains(int timestamp) {
    for (int back = 0; back < CAPACITY && back < count; back++) {
      if (timestamps[(count - back) % CAPACITY] == timestamp) {
        return true;
      }
    }
    return false;
  }
}
