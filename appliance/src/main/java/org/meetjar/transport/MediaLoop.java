package org.meetjar.transport;

import org.meetjar.loop.Loop;

/**
 * The thread that owns a socket and the transports on it. A turn of the loop: receive a batch,
 * unprotect and route each packet to completion, run tasks and timers that are due, call the
 * turn-end tasks, send what was gathered.
 */
public interface MediaLoop extends Loop {
  /**
   * Runs the task at the end of every turn that received packets or ran tasks, before what was
   * gathered is sent. To be called on the loop.
   *
   * @return a handle that ends it
   */
  Timer onTurnEnd(Runnable task);

  /**
   * Makes the loop ready for use; false when the system has no room for it. Not needed before
   * {@link #execute}, which does the same. May be called from any thread.
   */
  default boolean begin() {
    return true;
  }

  /**
   * Whether the loop could not keep up a moment ago: what is missing from senders was lost here,
   * and asking for it again would make it worse. To be called on the loop.
   */
  default boolean isBehind() {
    return false;
  }

  /** The share of its time that the loop was at work lately, 0 to 1. From any thread. */
  default double load() {
    return 0;
  }
}
