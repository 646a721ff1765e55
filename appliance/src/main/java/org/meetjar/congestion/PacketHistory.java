package org.meetjar.congestion;

/**
 * What was sent, by transport-wide sequence number, until its fate is known. It begins small and
 * grows with what is on its way, up to a bound; beyond it the oldest are forgotten.
 */
final class PacketHistory {
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 256;

  /** A second and a half at 60 Mbit/s. */
  private static final int MAX_CAPACITY = 8192;

  /** Feedback on packets older than this is of no use any more. */
  private static final long USEFUL_NANOS = 1_500_000_000;

  private static final byte FORGOTTEN = 0;
  private static final byte ON_ITS_WAY = 1;
  private static final byte MISSING = 2;
  private static final byte ARRIVED = 3;

  private long[] sentNanos = new long[FIRST_CAPACITY];
  private int[] sequences = new int[FIRST_CAPACITY];
  private short[] sizes = new short[FIRST_CAPACITY];
  private byte[] clusters = new byte[FIRST_CAPACITY];
  private byte[] fates = new byte[FIRST_CAPACITY];

  /**
   * A packet leaves.
   *
   * @param sequence modulo 65536
   * @param cluster of the probe that it belongs to, 0 for none
   */
  void sent(int sequence, int bytes, int cluster, long nanos) {
    int index = index(sequence);
    while (fates[index] == ON_ITS_WAY
        && sequences[index] != sequence
        && nanos - sentNanos[index] < USEFUL_NANOS
        && sequences.length < MAX_CAPACITY) {
      grow();
      index = index(sequence);
    }
    sentNanos[index] = nanos;
    sequences[index] = sequence;
    sizes[index] = (short) bytes;
    clusters[index] = (byte) cluster;
    fates[index] = ON_ITS_WAY;
  }

  /** Where the packet is, or {@link #NONE} if it is not known any more. */
  int find(int sequence) {
    int index = index(sequence);
    return fates[index] != FORGOTTEN && sequences[index] == sequence ? index : NONE;
  }

  long sentNanos(int index) {
    return sentNanos[index];
  }

  int bytes(int index) {
    return sizes[index];
  }

  int cluster(int index) {
    return clusters[index] & 0xff;
  }

  boolean isOnItsWay(int index) {
    return fates[index] == ON_ITS_WAY;
  }

  boolean isMissing(int index) {
    return fates[index] == MISSING;
  }

  /** The receiver has it; nothing further is learned of it. */
  void arrived(int index) {
    fates[index] = ARRIVED;
  }

  boolean hasArrived(int index) {
    return fates[index] == ARRIVED;
  }

  /** The receiver did not have it when it told; it may still come. */
  void missing(int index) {
    fates[index] = MISSING;
  }

  int capacity() {
    return sequences.length;
  }

  private int index(int sequence) {
    return sequence & sequences.length - 1;
  }

  private void grow() {
    long[] oldNanos = sentNanos;
    int[] oldSequences = sequences;
    short[] oldSizes = sizes;
    byte[] oldClusters = clusters;
    byte[] oldFates = fates;
    int capacity = oldSequences.length * 2;
    sentNanos = new long[capacity];
    sequences = new int[capacity];
    sizes = new short[capacity];
    clusters = new byte[capacity];
    fates = new byte[capacity];
    for (int i = 0; i < oldSequences.length; i++) {
      int to = index(oldSequences[i]);
      sentNanos[to] = oldNanos[i];
      sequences[to] = oldSequences[i];
      sizes[to] = oldSizes[i];
      clusters[to] = oldClusters[i];
      fates[to] = oldFates[i];
    }
  }
}
