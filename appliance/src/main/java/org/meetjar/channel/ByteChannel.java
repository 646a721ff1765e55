package org.meetjar.channel;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A stream of bytes to one client. May be used from any thread; nothing blocks. */
public interface ByteChannel {
  /** Where the client is. */
  InetSocketAddress remoteAddress();

  /**
   * Sends a message whole, after those sent before; drops it when too much waits for a client that
   * reads slowly, as a network does. The buffer is the caller's again after the call.
   */
  void send(ByteBuffer message);

  /** Ends the stream in both directions. */
  void close();
}
