package org.meetjar.datagram;

import java.net.InetSocketAddress;

/** One bound UDP socket, as its loop uses it. Belongs to the loop's thread. */
public interface DatagramPort {
  /**
   * No packet of WebRTC's is larger; what is larger is cut off on arrival, and fails to be what it
   * says it is.
   */
  int MAX_DATAGRAM_BYTES = 2048;

  /** Which of its group's ports that is; ports of other loops on the same address have the same. */
  int index();

  InetSocketAddress local();

  /**
   * Takes a run of datagrams to one receiver for sending. What the arrays hold for it stays as it
   * is until {@link PortGroup#flush} returns.
   *
   * @param first where the run begins in {@code offsets} and {@code lengths}
   * @return how many the system did not take
   */
  int send(Destination to, byte[] arena, int[] offsets, int[] lengths, int first, int count);
}
