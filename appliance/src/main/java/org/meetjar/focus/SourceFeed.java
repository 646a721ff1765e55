package org.meetjar.focus;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meetjar.loop.Loop;

/**
 * Keeps one receiver told of the others' sources while its session is on: changes are collected for
 * a while that grows with the conference. Between offer and acceptance they only wait.
 */
final class SourceFeed {
  private final Loop loop;
  private final Supplier<Duration> delay;
  private final Function<String, SourceSet> visible;
  private final Consumer<SourceSignaling.Update> tell;
  private final SourceSignaling signaling = new SourceSignaling();
  private State state = State.OFF;
  private Loop.Timer timer;

  /**
   * @param delay how long to collect, asked for each time
   * @param visible what the receiver should know of an owner
   * @param tell sends what is new
   */
  SourceFeed(
      Loop loop,
      Supplier<Duration> delay,
      Function<String, SourceSet> visible,
      Consumer<SourceSignaling.Update> tell) {
    this.loop = loop;
    this.delay = delay;
    this.visible = visible;
    this.tell = tell;
  }

  private enum State {
    OFF,
    WAITING,
    ON
  }

  /** The receiver is told this in an offer. */
  void offered(Map<String, SourceSet> all) {
    stop();
    signaling.reset(all);
    state = State.WAITING;
  }

  /** The receiver has accepted the offer. */
  void start() {
    state = State.ON;
    schedule();
  }

  void stop() {
    state = State.OFF;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  void changed(String owner) {
    if (state != State.OFF) {
      signaling.changed(owner);
    }
    schedule();
  }

  private void schedule() {
    if (state != State.ON || timer != null || !signaling.isPending()) {
      return;
    }
    Duration wait = delay.get();
    if (wait.isZero()) {
      flush();
    } else {
      timer = loop.schedule(wait, this::flush);
    }
  }

  private void flush() {
    timer = null;
    tell.accept(signaling.flush(visible));
  }
}
