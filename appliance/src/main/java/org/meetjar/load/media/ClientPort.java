package org.meetjar.load.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A client's socket. Until ICE has chosen, it talks to whom it is told to; then it is connected,
 * which spares the system looking up the way for every packet.
 */
final class ClientPort implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int BATCH = 256;

  private final DatagramChannel channel;
  private final ByteBuffer buffer;
  private boolean connected;

  /** Takes one datagram; the array is its only during the call. */
  interface Sink {
    void datagram(byte[] b, int length, InetSocketAddress from);
  }

  /**
   * @param buffer direct, shared by the thread's ports
   */
  ClientPort(Selector selector, Object attachment, ByteBuffer buffer) throws IOException {
    this.buffer = buffer;
    channel = DatagramChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    channel.bind(new InetSocketAddress(0));
    channel.register(selector, SelectionKey.OP_READ, attachment);
  }

  int localPort() {
    return channel.socket().getLocalPort();
  }

  void connect(InetSocketAddress remote) throws IOException {
    channel.connect(remote);
    connected = true;
  }

  void receive(byte[] scratch, Sink sink) throws IOException {
    InetSocketAddress remote = connected ? (InetSocketAddress) channel.getRemoteAddress() : null;
    for (int i = 0; i < BATCH; i++) {
      buffer.clear();
      InetSocketAddress from = remote;
      if (connected) {
        if (channel.read(buffer) <= 0) {
          return;
        }
      } else {
        from = (InetSocketAddress) channel.receive(buffer);
        if (from == null) {
          return;
        }
      }
      int length = Math.min(buffer.position(), scratch.length);
      buffer.flip();
      buffer.get(scratch, 0, length);
      sink.datagram(scratch, length, from);
    }
  }

  /** Sends one datagram, before or after {@link #connect}. */
  void send(byte[] b, InetSocketAddress to) {
    try {
      ByteBuffer packet = ByteBuffer.wrap(b);
      if (connected) {
        channel.write(packet);
      } else {
        channel.send(packet, to);
      }
    } catch (IOException unreachable) {
      // Whoever sent it repeats it, or gives up.
    }
  }

  /** Sends a run to where it is connected; returns how many the system did not take. */
  int send(byte[] arena, int[] offsets, int[] lengths, int count) {
    int refused = 0;
    for (int i = 0; i < count; i++) {
      buffer.clear();
      buffer.put(arena, offsets[i], lengths[i]);
      buffer.flip();
      try {
        if (channel.write(buffer) == 0) {
          refused++;
        }
      } catch (IOException unreachable) {
        refused++;
      }
    }
    return refused;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing is left to be done with it.
    }
  }
}
