package org.meetjar;

import org.meetjar.config.AdmissionSettings;

/**
 * Whether there is more to forward than the processors can: all media loops have been at work for
 * nearly all of their time, for some seconds. {@link #sample} is called by one thread, the rest by
 * any.
 */
final class Overload {
  private final double share;
  private final long afterNanos;
  private long since;
  private boolean busy;
  private volatile boolean lasting;

  Overload(AdmissionSettings settings) {
    share = settings.overload();
    afterNanos = settings.overloadAfter().toNanos();
  }

  /**
   * @param least the load of the loop that does least, 0 to 1
   * @param nanos now
   */
  void sample(double least, long nanos) {
    boolean before = busy;
    busy = share < 1 && least >= share;
    if (busy && !before) {
      since = nanos;
    }
    lasting = busy && nanos - since >= afterNanos;
  }

  boolean lasts() {
    return lasting;
  }
}
