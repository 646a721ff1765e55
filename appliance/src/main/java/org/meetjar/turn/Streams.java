package org.meetjar.turn;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** The clients that come on streams, and how many there may be. Owned by the TURN thread. */
final class Streams {
  /** TCP connections at a time, those without allocation included. */
  private static final int MAX_STREAMS = 1000;

  /** How long a stream may be open without an allocation. */
  private static final long IDLE_STREAM_NANOS = 30_000_000_000L;

  private final Allocations allocations;
  private final int perAddress;
  private final BiPredicate<ByteBuffer, ClientPath> messages;
  private final Map<StreamPath, Long> streams = new HashMap<>();

  /**
   * @param perAddress how many a source address may have
   * @param messages takes a whole message; says whether it was TURN
   */
  Streams(Allocations allocations, int perAddress, BiPredicate<ByteBuffer, ClientPath> messages) {
    this.allocations = allocations;
    this.perAddress = perAddress;
    this.messages = messages;
  }

  void opened(StreamPath path) {
    InetAddress client = path.client().getAddress();
    if (streams.size() >= MAX_STREAMS
        || streams.keySet().stream().filter(it -> it.client().getAddress().equals(client)).count()
            >= perAddress) {
      path.close();
      return;
    }
    streams.put(path, System.nanoTime());
  }

  boolean has(StreamPath path) {
    return streams.containsKey(path);
  }

  /** Takes what came; false when the stream has been ended for it. */
  boolean take(StreamPath path, ByteBuffer bytes) {
    boolean[] speaksTurn = {true};
    boolean framed =
        path.take(bytes, whole -> speaksTurn[0] &= messages.test(whole, path)) && speaksTurn[0];
    if (!framed) {
      gone(path);
    }
    return framed;
  }

  void gone(StreamPath path) {
    if (streams.remove(path) != null) {
      Allocation allocation = allocations.of(path);
      if (allocation != null) {
        allocations.remove(allocation);
      }
      path.close();
    }
  }

  /** Ends those that are open for nothing. */
  void sweep(long now) {
    List<StreamPath> idle = new ArrayList<>();
    streams.forEach(
        (path, since) -> {
          if (now - since > IDLE_STREAM_NANOS && allocations.of(path) == null) {
            idle.add(path);
          }
        });
    idle.forEach(this::gone);
  }
}
