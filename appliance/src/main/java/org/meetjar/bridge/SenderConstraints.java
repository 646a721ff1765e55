package org.meetjar.bridge;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * What the senders are told to send of each source: the greatest height that any receiver gets, 0
 * for nothing. More is asked for at once, less only after it has been enough for a moment.
 */
final class SenderConstraints {
  private static final long LOWER_AFTER_NANOS = Duration.ofSeconds(1).toNanos();

  private static final class State {
    int wanted;
    int told = -1;
    long lowerSinceNanos;
    boolean lower;
  }

  private final Map<String, State> states = new HashMap<>();
  private final ObjIntConsumer<String> tell;

  /**
   * @param tell sends a source's owner the source's height
   */
  SenderConstraints(ObjIntConsumer<String> tell) {
    this.tell = tell;
  }

  void want(String source, int height, long nanos) {
    State state = states.computeIfAbsent(source, name -> new State());
    state.wanted = height;
    if (height >= state.told || state.told < 0) {
      state.lower = false;
      tell(source, state);
    } else if (!state.lower) {
      state.lower = true;
      state.lowerSinceNanos = nanos;
    }
  }

  void tick(long nanos) {
    states.forEach(
        (source, state) -> {
          if (state.lower && nanos - state.lowerSinceNanos >= LOWER_AFTER_NANOS) {
            state.lower = false;
            tell(source, state);
          }
        });
  }

  private void tell(String source, State state) {
    if (state.wanted != state.told) {
      state.told = state.wanted;
      tell.accept(source, state.told);
    }
  }

  /** Says it again to an owner who has a new channel. */
  void repeat(String source) {
    State state = states.get(source);
    if (state != null) {
      state.lower = false;
      state.told = state.wanted;
      tell.accept(source, state.told);
    }
  }

  void remove(String source) {
    states.remove(source);
  }
}
