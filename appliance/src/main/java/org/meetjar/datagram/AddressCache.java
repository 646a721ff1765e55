package org.meetjar.datagram;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Senders that were seen lately, so that a packet of theirs makes no garbage: as many as there are
 * slots, the newer one keeps a slot. Belongs to one thread.
 */
final class AddressCache {
  private static final int SLOTS = 1024;

  private final InetSocketAddress[] addresses = new InetSocketAddress[SLOTS];
  private final long[] keys = new long[3 * SLOTS];

  /** The address that lies there, or null if it is of no family that is known. */
  InetSocketAddress at(ByteBuffer memory, int at) {
    boolean four = memory.getShort(at) == SocketAddresses.INET;
    // Family, port and IPv4 address; then the IPv6 address without its flow.
    long head = memory.getLong(at) & (four ? -1L : 0xFFFF_FFFFL);
    long high = four ? 0 : memory.getLong(at + 8);
    long low = four ? 0 : memory.getLong(at + 16);
    long hash = (head * 31 + high) * 31 + low;
    int slot = (int) (hash * 0x9E37_79B9_7F4A_7C15L >>> 54);
    if (keys[3 * slot] == head && keys[3 * slot + 1] == high && keys[3 * slot + 2] == low) {
      return addresses[slot];
    }
    InetSocketAddress address = SocketAddresses.decode(memory, at);
    keys[3 * slot] = head;
    keys[3 * slot + 1] = high;
    keys[3 * slot + 2] = low;
    addresses[slot] = address;
    return address;
  }
}
