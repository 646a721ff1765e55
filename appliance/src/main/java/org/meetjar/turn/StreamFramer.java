package org.meetjar.turn;

import java.nio.ByteBuffer;

/**
 * Cuts a TCP stream into STUN messages and channel data (RFC 8656 sections 7.1 and 12.5). Owned by
 * the TURN thread.
 */
final class StreamFramer {
  /** More than any message that a media client sends. */
  static final int MAX_MESSAGE = 4096;

  private final ByteBuffer pending = ByteBuffer.allocate(2 * MAX_MESSAGE);

  /** Hears each whole message; the buffer is its own only during the call. */
  interface Sink {
    void message(ByteBuffer message);
  }

  /**
   * Takes bytes from the stream; false when what comes is no TURN stream and the connection is to
   * end.
   */
  boolean take(ByteBuffer bytes, Sink sink) {
    while (bytes.hasRemaining()) {
      int part = Math.min(bytes.remaining(), pending.remaining());
      ByteBuffer slice = bytes.slice(bytes.position(), part);
      bytes.position(bytes.position() + part);
      pending.put(slice).flip();
      while (pending.remaining() >= 4) {
        int first = pending.get(pending.position()) & 0xFF;
        int body = pending.getShort(pending.position() + 2) & 0xFFFF;
        int size;
        int padded;
        if (first < 4) {
          size = 20 + body;
          padded = size;
        } else if (first >= 0x40 && first < 0x80) {
          size = 4 + body;
          padded = (size + 3) & ~3;
        } else {
          return false;
        }
        if (padded > MAX_MESSAGE) {
          return false;
        }
        if (pending.remaining() < padded) {
          break;
        }
        sink.message(pending.slice(pending.position(), size));
        pending.position(pending.position() + padded);
      }
      pending.compact();
    }
    return true;
  }
}
