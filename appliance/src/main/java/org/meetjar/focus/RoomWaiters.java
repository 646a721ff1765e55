package org.meetjar.focus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Those who have asked for a room that is not joined yet. Owned by the signalling loop. */
final class RoomWaiters {
  /** Later ones are told to come again. */
  private static final int MOST = 256;

  private final List<Consumer<String>> waiting = new ArrayList<>();

  /**
   * @param answer takes an empty string once the room is joined, or the condition why not
   * @return false when too many wait already
   */
  boolean add(Consumer<String> answer) {
    return waiting.size() < MOST && waiting.add(answer);
  }

  /** Nobody waits any more. */
  List<Consumer<String>> take() {
    List<Consumer<String>> answers = List.copyOf(waiting);
    waiting.clear();
    return answers;
  }
}
