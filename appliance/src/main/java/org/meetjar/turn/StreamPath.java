package org.meetjar.turn;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A client on a stream: TCP of our own, or TLS that the web server carries. Owned by the TURN
 * thread.
 */
final class StreamPath implements ClientPath {
  private final InetSocketAddress client;
  private final StreamCarrier carrier;
  private final StreamFramer framer = new StreamFramer();

  StreamPath(InetSocketAddress client, StreamCarrier carrier) {
    this.client = client;
    this.carrier = carrier;
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
    carrier.send(message);
  }

  @Override
  public void close() {
    carrier.close();
  }
}
