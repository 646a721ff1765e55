package org.meetjar.turn;

import org.meetjar.stun.StunMessage;

/**
 * A request that proved who it is from.
 *
 * @param message good until the next message is read
 */
record Authentic(StunMessage message, ClientPath path, String userName, byte[] key) {
  String session() {
    return Credentials.sessionOf(userName);
  }
}
