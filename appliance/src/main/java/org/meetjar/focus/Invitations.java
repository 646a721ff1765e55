package org.meetjar.focus;

import java.time.Duration;
import org.meetjar.loop.Loop;

/**
 * Whether a participant is to be invited, and when again: clients decline, invitations fail at
 * them, and bridges refuse. Owned by the signalling loop.
 */
final class Invitations {
  /** An invitation that failed at the client is repeated so often. */
  private static final int REPETITIONS = 1;

  /** How long a refusal by the bridge keeps a participant waiting, doubled each time. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  private static final int MAX_RETRY_DOUBLINGS = 4;

  private final Loop loop;
  private final RateLimit restarts;
  private boolean declined;
  private int repeated;
  private int refusals;
  private Loop.Timer retryTimer = () -> {};
  private Muted muted = Muted.NOT;

  /** Whether the client is asked to join with its microphone or camera off. */
  record Muted(boolean audio, boolean video) {
    static final Muted NOT = new Muted(false, false);
  }

  Invitations(FocusContext context) {
    loop = context.loop();
    restarts =
        new RateLimit(
            loop,
            context.settings().restartInterval(),
            context.settings().restartsPerMinute(),
            Duration.ofMinutes(1));
  }

  /** The participant wants none any more. */
  void decline() {
    declined = true;
  }

  boolean areDeclined() {
    return declined;
  }

  /** The conference begins anew: who declined before is asked again. */
  void forgive() {
    declined = false;
    refusals = 0;
  }

  /** Asks for that once, with the next invitation. */
  void startMuted(boolean audio, boolean video) {
    muted = new Muted(audio, video);
  }

  /** What this invitation asks for, and no later one. */
  Muted takeMuted() {
    Muted taken = muted;
    muted = Muted.NOT;
    return taken;
  }

  /** One is made now, so none has to be made later. */
  void begin() {
    retryTimer.cancel();
  }

  /** The bridge had room. */
  void granted() {
    refusals = 0;
  }

  /** The bridge had none: in a while it is asked again. */
  void refused(Runnable again) {
    int doublings = Math.min(refusals++, MAX_RETRY_DOUBLINGS);
    retryTimer = loop.schedule(FIRST_RETRY.multipliedBy(1L << doublings), again);
  }

  /** The client has understood it. */
  void arrived() {
    repeated = 0;
  }

  /** Whether one that failed at the client is to be repeated at once; it then counts. */
  boolean repeat() {
    if (repeated == REPETITIONS) {
      return false;
    }
    repeated++;
    return true;
  }

  /** Whether the client may have one more restart now; it then counts. */
  boolean mayRestart() {
    return restarts.accept();
  }

  /** Nobody is to be invited any more. */
  void stop() {
    retryTimer.cancel();
  }
}
