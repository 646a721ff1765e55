package org.meetjar.transport;

import java.net.InetSocketAddress;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.datagram.Destination;

/** A 5-tuple to send to, and its place in the turn's {@link SendBatch}. */
final class Flow {
  final DatagramPort port;
  final InetSocketAddress remote;
  final Destination to;

  /** First and last packet of this flow in the batch; -1 when it has none. */
  int first = -1;

  int last = -1;

  Flow(DatagramPort port, InetSocketAddress remote) {
    this.port = port;
    this.remote = remote;
    to = new Destination(remote);
  }
}
