package org.meetjar.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One bound UDP socket, as its loop uses it: the seam behind which the way of doing system calls
 * can be changed (one call a packet, or batches with segmentation offload). Belongs to the loop's
 * thread.
 */
interface DatagramPort extends AutoCloseable {
  /** Takes one datagram at a time out of a batch. */
  interface Sink {
    /**
     * Takes a datagram.
     *
     * @param buffer the datagram's only during the call; it may be changed in place
     * @param from the sender; equal addresses are often the same object
     */
    void datagram(DatagramPort port, byte[] buffer, int offset, int length, InetSocketAddress from);
  }

  /** Which of the loop's ports that is; ports of other loops on the same address have the same. */
  int index();

  InetSocketAddress local();

  /**
   * Hands over what has arrived, up to a batch, without waiting.
   *
   * @return how many datagrams there were; fewer than the batch when the socket is drained
   */
  int receive(Sink sink, int batch) throws IOException;

  /**
   * Takes a run of datagrams to one receiver for sending. What the arrays hold for it stays as it
   * is until {@link #flush} returns.
   *
   * @param first where the run begins in {@code offsets} and {@code lengths}
   * @return how many the system did not take
   */
  int send(InetSocketAddress to, byte[] arena, int[] offsets, int[] lengths, int first, int count);

  /**
   * Sends what was taken.
   *
   * @return how many the system did not take
   */
  int flush();

  @Override
  void close();
}
