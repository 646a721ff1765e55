package org.meetjar.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A {@link DatagramPort} over NIO, through direct buffers. */
final class NioDatagramPort implements DatagramPort {
  /** Whether the selector said that something has come. */
  boolean ready;

  private final int index;
  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private final byte[] received = new byte[MAX_DATAGRAM_BYTES];

  NioDatagramPort(int index, DatagramChannel channel) throws IOException {
    this.index = index;
    this.channel = channel;
    local = (InetSocketAddress) channel.getLocalAddress();
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  int receive(DatagramSink sink, int batch) throws IOException {
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
      Destination to, byte[] arena, int[] offsets, int[] lengths, int first, int count) {
    int refused = 0;
    for (int i = first; i < first + count; i++) {
      out.clear();
      if (lengths[i] > out.capacity()) {
        refused++;
        continue;
      }
      out.put(arena, offsets[i], lengths[i]);
      out.flip();
      try {
        if (channel.send(out, to.address()) == 0) {
          refused++;
        }
      } catch (IOException unreachable) {
        refused++;
      }
    }
    return refused;
  }

  void close() throws IOException {
    channel.close();
  }
}
