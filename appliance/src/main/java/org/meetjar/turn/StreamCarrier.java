package org.meetjar.turn;

import java.nio.ByteBuffer;

/** The connection under a stream. Called on the TURN thread; must not block. */
public interface StreamCarrier {
  /**
   * Sends whole messages in order; drops one that finds the queue full. The bytes are the caller's
   * after the call.
   */
  void send(ByteBuffer message);

  void close();
}
