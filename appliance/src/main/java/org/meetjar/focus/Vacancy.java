package org.meetjar.focus;

import java.time.Duration;
import org.meetjar.loop.Loop;

/**
 * What becomes of a conference in which nobody is, or only one: after a while it ends, or the one's
 * session does. Owned by the signalling loop.
 */
final class Vacancy {
  private final Loop loop;
  private final Runnable end;
  private final Runnable alone;
  private Loop.Timer emptyTimer = () -> {};
  private Loop.Timer aloneTimer = () -> {};

  /**
   * @param end nobody has come
   * @param alone one has been alone for long
   */
  Vacancy(Loop loop, Runnable end, Runnable alone) {
    this.loop = loop;
    this.end = end;
    this.alone = alone;
  }

  /** Nobody is there: the conference ends after that time, unless somebody comes. */
  void empty(Duration time) {
    emptyTimer.cancel();
    emptyTimer = loop.schedule(time, end);
  }

  /** Somebody has come. */
  void ends() {
    emptyTimer.cancel();
  }

  /** One is left, who keeps the session for that time in case somebody comes. */
  void alone(Duration time) {
    aloneTimer.cancel();
    aloneTimer = loop.schedule(time, alone);
  }

  /** There is another, or nobody at all. */
  void nobodyIsAlone() {
    aloneTimer.cancel();
  }

  /** The conference is over. */
  void close() {
    emptyTimer.cancel();
    aloneTimer.cancel();
  }
}
