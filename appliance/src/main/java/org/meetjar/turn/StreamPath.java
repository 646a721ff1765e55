package org.meetjar.turn;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.meetjar.channel.ByteChannel;

/**
 * A client on a stream: TCP of our own, or TLS that the web server carries. Owned by the TURN
 * thread.
 */
final class StreamPath implements ClientPath {
  private final InetSocketAddress client;
  private final ByteChannel channel;
  private final StreamFramer framer = new StreamFramer();

  StreamPath(ByteChannel channel) {
    this.client = channel.remoteAddress();
    this.channel = channel;
  }

  /** Takes what came; false when the stream is to end. */
  boolean take(ByteBuffer bytes, StreamFramer.Sink sink) {
    return framer.take(bytes, sink);
  }

  @Override
  public InetSocketAddress client() {
    return client;
  }

  @Override
  public boolean isStream() {
    return true;
  }

  @Override
  public void send(ByteBuffer message) {
    channel.send(message);
  }

  @Override
  public void close() {
    channel.close();
  }
}
