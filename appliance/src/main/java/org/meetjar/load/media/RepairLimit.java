package org.meetjar.load.media;

import java.time.Duration;

/**
 * How much of what a server asks for again it gets, as browsers have it: no packet twice within a
 * round trip, and in the long run no more than the camera itself sends. Without it a server that is
 * overloaded would be asked for the same work over and over.
 */
final class RepairLimit {
  private static final long GAP_NANOS = Duration.ofMillis(30).toNanos();
  private static final long WINDOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final int REMEMBERED = 1024;

  private final int[] packets = new int[REMEMBERED];
  private final long[] sentNanos = new long[REMEMBERED];
  private final double octetsPerNano;
  private double octets;
  private long lastNanos;

  /**
   * Begins with a full window.
   *
   * @param octetsPerNano what the camera sends
   */
  RepairLimit(double octetsPerNano, long nanos) {
    this.octetsPerNano = octetsPerNano;
    octets = octetsPerNano * WINDOW_NANOS;
    lastNanos = nanos;
  }

  /** Whether a packet may be sent again now; if so, it counts as sent. */
  boolean admit(int ssrc, int sequence, int size, long nanos) {
    octets = Math.min(octets + (nanos - lastNanos) * octetsPerNano, octetsPerNano * WINDOW_NANOS);
    lastNanos = nanos;
    int packet = ssrc * 31 + sequence;
    int index = packet & REMEMBERED - 1;
    if (octets < size
        || (packets[index] == packet
            && sentNanos[index] != 0
            && nanos - sentNanos[index] < GAP_NANOS)) {
      return false;
    }
    octets -= size;
    packets[index] = packet;
    sentNanos[index] = nanos;
    return true;
  }
}
