package org.meetjar.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A client on UDP: the socket of ours that it talks to, and its address. */
record UdpPath(DatagramChannel channel, InetSocketAddress client) implements ClientPath {
  @Override
  public boolean isStream() {
    return false;
  }

  @Override
  public void send(ByteBuffer message) {
    try {
      channel.send(message, client);
    } catch (IOException unreachable) {
      // As on any path: what can't be delivered is lost.
    }
  }

  @Override
  public void close() {
    // Nothing is connected.
  }
}
