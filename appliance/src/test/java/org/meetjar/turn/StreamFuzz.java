package org.meetjar.turn;

import java.nio.ByteBuffer;
import java.util.List;
import org.meetjar.fuzz.Target;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.StunWriter;

/** Streams of STUN messages and channel data; pieces must not matter. */
public final class StreamFuzz implements Target {
  @Override
  public void read(byte[] bytes) {
    long whole = cut(bytes, Math.max(1, bytes.length));
    long pieces = cut(bytes, 7);
    if (whole != pieces) {
      throw new AssertionError("in pieces it is something else");
    }
  }

  /** A number for what was understood. */
  private static long cut(byte[] bytes, int piece) {
    StreamFramer framer = new StreamFramer();
    long[] seen = {1};
    boolean alive = true;
    for (int at = 0; at < bytes.length && alive; at += piece) {
      ByteBuffer part = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      alive = framer.take(part, message -> seen[0] = seen[0] * 31 + message.remaining());
    }
    return alive ? seen[0] : -seen[0];
  }

  @Override
  public List<byte[]> seeds() {
    byte[] binding = new StunWriter(1, MessageClass.REQUEST, new byte[12]).toBytes();
    byte[] data = {0x40, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0, 0x40, 1, 0, 0};
    byte[] both = java.util.Arrays.copyOf(binding, binding.length + data.length);
    System.arraycopy(data, 0, both, binding.length, data.length);
    return List.of(binding, data, both);
  }
}
