package org.meetjar.turn;

import java.nio.ByteBuffer;
import org.meetjar.stun.StunMessage;

/** The first look at what a client sends: channel data, or STUN. Owned by the TURN thread. */
final class MessageIntake {
  private final Requests requests;
  private final DataPath data;
  private final byte[] message = new byte[StreamFramer.MAX_MESSAGE];

  MessageIntake(Requests requests, DataPath data) {
    this.requests = requests;
    this.data = data;
  }

  /** Takes one whole message; false when it is no TURN. */
  boolean take(ByteBuffer bytes, ClientPath path) {
    int size = bytes.remaining();
    if (size < DataPath.CHANNEL_HEADER) {
      return false;
    }
    int first = bytes.get(bytes.position()) & 0xFF;
    if (first >= 0x40 && first < 0x80) {
      data.channelData(bytes, path, System.nanoTime());
      return true;
    }
    if (first > 3 || size > message.length) {
      return false;
    }
    bytes.get(message, 0, size);
    return StunMessage.looksLikeStun(message, 0, size) && requests.take(message, size, path);
  }
}
