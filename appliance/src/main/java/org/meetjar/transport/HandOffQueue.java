package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.meetjar.datagram.DatagramPort;

/**
 * Packets that arrived on other loops' sockets and belong to this loop. Any thread offers, the
 * owner takes. Bounded; the buffers are used again.
 */
final class HandOffQueue {
  /** One packet and where it came from. */
  static final class Packet {
    final byte[] buffer = new byte[DatagramPort.MAX_DATAGRAM_BYTES];
    int length;
    int portIndex;
    InetSocketAddress from;
  }

  private final int limit;
  private final ConcurrentLinkedQueue<Packet> waiting = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Packet> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param limit how many packets may wait; each costs 2 kB, once needed
   */
  HandOffQueue(int limit) {
    this.limit = limit;
  }

  /** Copies the packet; false when the queue is full. */
  boolean offer(int portIndex, byte[] buffer, int offset, int length, InetSocketAddress from) {
    Packet packet = free.poll();
    if (packet == null) {
      if (made.get() >= limit) {
        return false;
      }
      made.incrementAndGet();
      packet = new Packet();
    }
    System.arraycopy(buffer, offset, packet.buffer, 0, length);
    packet.length = length;
    packet.portIndex = portIndex;
    packet.from = from;
    waiting.add(packet);
    return true;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many packets wait, counted one by one. */
  int size() {
    return waiting.size();
  }

  /** The next packet, or null; to be given back by {@link #release}. */
  Packet poll() {
    return waiting.poll();
  }

  void release(Packet packet) {
    free.add(packet);
  }
}
