package org.meetjar.channel;

import java.nio.ByteBuffer;

/** Hears what comes on a {@link ByteChannel}. Called on the web server's threads, one at a time. */
public interface ByteChannelListener {
  /**
   * The client sent bytes. No more are read until they have been taken, so a listener that is slow
   * slows its client down.
   *
   * @param bytes the listener's until it runs {@code taken}
   * @param taken to be run once, on any thread
   */
  void onBytes(ByteBuffer bytes, Runnable taken);

  /** The stream has ended, whoever ended it. */
  void onClosed();
}
