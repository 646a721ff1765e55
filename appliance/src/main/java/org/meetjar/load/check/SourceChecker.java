package org.meetjar.load.check;

import java.time.Duration;

/**
 * Holds the senders of one stream's packets against what the server says the stream stands for. The
 * two come on different ways: the last packets of the source before may come after the news, the
 * first ones of the next a little before it.
 */
public final class SourceChecker {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();
  private static final int NOBODY = 0;

  private final StreamListener listener;
  private int announced = NOBODY;
  private int before = NOBODY;
  private boolean seen;
  private int stranger = NOBODY;
  private long strangerNanos;

  public SourceChecker(StreamListener listener) {
    this.listener = listener;
  }

  /**
   * The server says whose source comes on the stream from now on.
   *
   * @param sender as in {@link Mark#sender(String)}
   * @return whether somebody else's source came on it before
   */
  public boolean announced(int sender) {
    boolean other = announced != NOBODY && sender != announced;
    if (sender != announced) {
      before = announced;
      announced = sender;
      seen = stranger == sender;
    }
    if (stranger == sender) {
      stranger = NOBODY;
    }
    return other;
  }

  /** A packet has come. */
  public void packet(int sender, long nanos) {
    if (sender == announced) {
      seen = true;
    } else if (sender != stranger && (seen || sender != before)) {
      stranger = sender;
      strangerNanos = nanos;
    }
  }

  /** Gives up on news that have not come; to be called now and then. */
  public void expire(long nanos) {
    if (stranger != NOBODY && nanos - strangerNanos >= PATIENCE_NANOS) {
      stranger = NOBODY;
      listener.fault(Fault.WRONG_SOURCE);
    }
  }
}
