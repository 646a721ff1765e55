package org.meetjar.rtp;

/**
 * Packets of one receiver that wait to be sent, complete but for what says when they leave. Bounded
 * by count, and by the process's {@link CacheBudget}. Empty it holds nothing.
 */
public final class PacketQueue {
  private static final int FIRST_CAPACITY = 32;

  private final BufferPool pool;
  private final int maxPackets;
  private byte[][] buffers = new byte[0][];
  private short[] lengths = new short[0];
  private int first;
  private int size;
  private int bytes;

  /**
   * @param maxPackets a power of two of at least 32
   */
  public PacketQueue(BufferPool pool, int maxPackets) {
    this.pool = pool;
    this.maxPackets = maxPackets;
  }

  /** Takes a copy of a packet that has been stamped; false if there is no room. */
  public boolean add(MediaPacket packet) {
    if (size == buffers.length && !grow()) {
      return false;
    }
    byte[] buffer = pool.take(packet.length());
    if (buffer == null) {
      return false;
    }
    System.arraycopy(packet.bytes(), 0, buffer, 0, packet.length());
    int index = index(size);
    buffers[index] = buffer;
    lengths[index] = (short) packet.length();
    bytes += packet.length();
    size++;
    return true;
  }

  /** Moves the oldest packet out; false if there is none. */
  public boolean poll(WaitingPacket into) {
    if (size == 0) {
      return false;
    }
    into.take(buffers[first], lengths[first]);
    drop();
    return true;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  public int bytes() {
    return bytes;
  }

  /** Gives everything back. */
  public void clear() {
    while (size > 0) {
      drop();
    }
  }

  private void drop() {
    pool.release(buffers[first]);
    buffers[first] = null;
    bytes -= lengths[first];
    first = index(1);
    size--;
  }

  private int index(int place) {
    return first + place & buffers.length - 1;
  }

  private boolean grow() {
    if (buffers.length >= maxPackets) {
      return false;
    }
    byte[][] more = new byte[Math.max(FIRST_CAPACITY, 2 * buffers.length)][];
    short[] moreLengths = new short[more.length];
    for (int i = 0; i < size; i++) {
      more[i] = buffers[index(i)];
      moreLengths[i] = lengths[index(i)];
    }
    buffers = more;
    lengths = moreLengths;
    first = 0;
    return true;
  }
}
