package org.meetjar.datagram;

import java.net.InetSocketAddress;

/** Takes datagrams, one at a time. */
public interface DatagramSink {
  /**
   * Takes a datagram.
   *
   * @param buffer the datagram's only during the call; it may be changed in place
   * @param from the sender; equal addresses are often the same object
   */
  void datagram(DatagramPort port, byte[] buffer, int offset, int length, InetSocketAddress from);
}
