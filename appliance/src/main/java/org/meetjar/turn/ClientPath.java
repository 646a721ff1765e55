package org.meetjar.turn;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The way to one client: a 5-tuple. Owned by the TURN thread; equality is identity of the 5-tuple.
 */
interface ClientPath {
  InetSocketAddress client();

  /**
   * Whether messages are framed by themselves: channel data is then padded to four bytes (RFC 8656
   * section 12.5).
   */
  boolean isStream();

  /** Sends one whole message; drops it when the way is full, as a network does. */
  void send(ByteBuffer message);

  /** Ends the way after a protocol violation; without effect for datagrams. */
  void close();
}
