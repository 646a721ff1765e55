package org.meetjar.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.meetjar.channel.ByteChannel;

/** A plain TCP connection of the relay's own port. Owned by the TURN thread. */
final class TcpChannel implements ByteChannel {
  /** Half a second of a 2 Mbit/s stream: what waits longer is worth nothing to a call. */
  private static final int MAX_QUEUED = 128 * 1024;

  private final SocketChannel channel;
  private final InetSocketAddress remote;
  private final SelectionKey key;
  private ByteBuffer queued = ByteBuffer.allocate(4096);

  TcpChannel(SocketChannel channel, SelectionKey key) throws IOException {
    this.channel = channel;
    this.remote = (InetSocketAddress) channel.getRemoteAddress();
    this.key = key;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public void send(ByteBuffer message) {
    try {
      if (queued.position() == 0) {
        channel.write(message);
      }
      if (message.hasRemaining()) {
        queue(message);
      }
    } catch (IOException gone) {
      close();
    }
  }

  /** A message that was begun has to be ended, or the stream loses its framing. */
  private void queue(ByteBuffer message) {
    if (!key.isValid()) {
      return;
    }
    if (message.position() == 0 && queued.position() + message.remaining() > MAX_QUEUED) {
      return;
    }
    if (queued.remaining() < message.remaining()) {
      int size = Math.max(queued.capacity() * 2, queued.position() + message.remaining());
      queued = ByteBuffer.allocate(size).put(queued.flip());
    }
    queued.put(message);
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /** The socket takes more again. */
  void writable() throws IOException {
    queued.flip();
    channel.write(queued);
    queued.compact();
    if (queued.position() == 0) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // It is gone either way.
    }
  }
}
