package org.meetjar.turn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A client on the relay's own TCP port. Owned by the TURN thread. */
record TcpClient(StreamPath path, TcpChannel carrier, Streams streams) {

  /** Takes a connection from a listener, if there is one. */
  static void accept(SelectionKey listener, Streams streams) throws IOException {
    SocketChannel channel = ((ServerSocketChannel) listener.channel()).accept();
    if (channel == null) {
      return;
    }
    channel.configureBlocking(false);
    SelectionKey key = channel.register(listener.selector(), SelectionKey.OP_READ);
    TcpChannel carrier = new TcpChannel(channel, key);
    StreamPath path = new StreamPath(carrier);
    key.attach(new TcpClient(path, carrier, streams));
    streams.opened(path);
  }

  /** Writes what waited and reads what came. */
  void ready(SelectionKey key) {
    try {
      if (key.isWritable()) {
        carrier.writable();
      }
      if (!key.isReadable()) {
        return;
      }
      // A buffer of its own: the relay's packet buffer is wanted whole by what a message leads to.
      ByteBuffer read = ByteBuffer.allocate(StreamFramer.MAX_MESSAGE);
      int size = ((SocketChannel) key.channel()).read(read);
      if (size < 0 || !streams.take(path, read.flip())) {
        streams.gone(path);
      }
    } catch (IOException broken) {
      streams.gone(path);
    }
  }
}
