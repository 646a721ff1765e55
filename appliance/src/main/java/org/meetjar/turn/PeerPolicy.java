package org.meetjar.turn;

import java.net.InetSocketAddress;

/** Decides which peers a session may reach by relay. Called on the TURN thread; must not block. */
public interface PeerPolicy {
  /**
   * Whether a permission for the peer's address may be made.
   *
   * @param session the session that the credentials were made for
   * @param peer the address; its port is 0 where only the address is asked for
   */
  boolean permits(String session, InetSocketAddress peer);

  /** Whether the session that credentials were made for still lives. */
  boolean alive(String session);
}
