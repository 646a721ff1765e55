package org.meetjar.turn;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many answers a source address gets that it did not authenticate for: a forged source must not
 * make us an amplifier. Owned by the TURN thread.
 */
final class ChallengeLimit {
  private static final long WINDOW_NANOS = 1_000_000_000L;
  private static final int PER_WINDOW = 50;

  /** Sources that are counted at a time; beyond it nobody new is answered until the window ends. */
  private static final int MAX_SOURCES = 10_000;

  private final Map<InetAddress, Integer> answered = new HashMap<>();
  private long windowStart;

  boolean allows(InetAddress source, long now) {
    if (now - windowStart > WINDOW_NANOS) {
      windowStart = now;
      answered.clear();
    }
    if (answered.size() >= MAX_SOURCES && !answered.containsKey(source)) {
      return false;
    }
    return answered.merge(source, 1, Integer::sum) <= PER_WINDOW;
  }
}
