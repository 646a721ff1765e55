package org.meetjar.load.media;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.datagram.Destination;
import org.meetjar.datagram.PortGroup;

/** A client's socket, one of a group. Belongs to the media thread. */
final class ClientPort {
  private final PortGroup group;
  private final DatagramPort port;
  private final int[] start = {0};
  private final int[] size = {0};
  private Destination to = new Destination(new InetSocketAddress("127.0.0.1", 9));

  ClientPort(PortGroup group, DatagramPort port) {
    this.group = group;
    this.port = port;
  }

  /** Where runs are sent from now on. */
  void connect(InetSocketAddress remote) {
    to = new Destination(remote);
  }

  boolean isSix() {
    return port.local().getAddress() instanceof Inet6Address;
  }

  int localPort() {
    return port.local().getPort();
  }

  /** Sends one datagram. */
  void send(byte[] b, InetSocketAddress remote) {
    size[0] = b.length;
    // Whoever sent it repeats it, or gives up.
    int unused = port.send(new Destination(remote), b, start, size, 0, 1) + group.flush();
  }

  /** Sends a run to where it is connected; returns how many the system did not take. */
  int send(byte[] arena, int[] offsets, int[] lengths, int count) {
    return port.send(to, arena, offsets, lengths, 0, count) + group.flush();
  }
}
