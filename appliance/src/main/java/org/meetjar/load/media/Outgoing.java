package org.meetjar.load.media;

/**
 * The packets that one client sends at one moment, sent as one run. Belongs to the media thread.
 */
final class Outgoing {
  private static final int PACKETS = 128;
  private static final int ARENA_BYTES = 256 * 1024;

  private final byte[] arena = new byte[ARENA_BYTES];
  private final int[] offsets = new int[PACKETS];
  private final int[] lengths = new int[PACKETS];
  private int packets;
  private int used;

  byte[] arena() {
    return arena;
  }

  /** Where the next packet may be written, up to so many octets; -1 when it is full. */
  int reserve(int bytes) {
    return packets == PACKETS || used + bytes > ARENA_BYTES ? -1 : used;
  }

  /** Takes what was written at the reserved place. */
  void commit(int length) {
    offsets[packets] = used;
    lengths[packets++] = length;
    used += length;
  }

  /** Sends all; returns how many the system did not take. */
  int flush(ClientPort port) {
    int refused = packets == 0 ? 0 : port.send(arena, offsets, lengths, packets);
    packets = 0;
    used = 0;
    return refused;
  }
}
