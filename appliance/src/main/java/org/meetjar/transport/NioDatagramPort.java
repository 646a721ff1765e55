package org.meetjar.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A {@link DatagramPort} over NIO: one system call a packet, through direct buffers. */
final class NioDatagramPort implements DatagramPort {
  /** No packet of WebRTC's is larger; what is larger is cut off and fails authentication. */
  static final int MAX_DATAGRAM_BYTES = 2048;

  private final int index;
  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private final byte[] received = new byte[MAX_DATAGRAM_BYTES];

  private NioDatagramPort(int index, DatagramChannel channel) throws IOException {
    this.index = index;
    this.channel = channel;
    local = (InetSocketAddress) channel.getLocalAddress();
  }

  /**
   * Binds.
   *
   * @param port 0 to let the system choose
   * @param shared whether sockets of other loops will share the port
   * @param bufferBytes what to ask for as the socket's buffers; the system may give less
   */
  static NioDatagramPort bind(
      int index, InetAddress address, int port, boolean shared, int bufferBytes)
      throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            address instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      if (shared) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
      channel.bind(new InetSocketAddress(address, port));
      return new NioDatagramPort(index, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  SelectionKey register(Selector selector) throws IOException {
    return channel.register(selector, SelectionKey.OP_READ, this);
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public int receive(Sink sink, int batch) throws IOException {
    for (int count = 0; count < batch; count++) {
      in.clear();
      InetSocketAddress from = (InetSocketAddress) channel.receive(in);
      if (from == null) {
        return count;
      }
      int length = in.position();
      in.flip();
      in.get(received, 0, length);
      sink.datagram(this, received, 0, length, from);
    }
    return batch;
  }

  @Override
  public int send(
      InetSocketAddress to, byte[] arena, int[] offsets, int[] lengths, int first, int count) {
    int refused = 0;
    for (int i = first; i < first + count; i++) {
      out.clear();
      out.put(arena, offsets[i], lengths[i]);
      out.flip();
      try {
        if (channel.send(out, to) == 0) {
          refused++;
        }
      } catch (IOException unreachable) {
        refused++;
      }
    }
    return refused;
  }

  @Override
  public int flush() {
    return 0;
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
