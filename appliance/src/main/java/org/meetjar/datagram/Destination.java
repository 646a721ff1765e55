package org.meetjar.datagram;

import java.net.InetSocketAddress;

/** Where datagrams are sent: an address, and the same as the system writes it. Immutable. */
public final class Destination {
  private final InetSocketAddress address;
  private final byte[] sockaddr;

  public Destination(InetSocketAddress address) {
    this.address = address;
    sockaddr = SocketAddresses.encode(address);
  }

  public InetSocketAddress address() {
    return address;
  }

  /** A {@code sockaddr_in} or {@code sockaddr_in6}; not to be changed. */
  byte[] sockaddr() {
    return sockaddr;
  }
}
