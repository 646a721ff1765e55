package org.meetjar.bridge;

import java.time.Duration;
import java.util.List;
import org.meetjar.rtp.EncodingProjection;

/**
 * Picks the encoding to go to: the best up to the allocated one that its sender is sending. Senders
 * send all encodings of a frame together, so one that stays behind the others has been turned off.
 */
final class EncodingSelector {
  private static final long BEHIND_NANOS = Duration.ofMillis(700).toNanos();

  private EncodingSelector() {}

  /**
   * Picks an encoding.
   *
   * @param allocated the best encoding that the receiver is to get
   * @return the encoding, or {@link EncodingProjection#NONE} when nothing may be forwarded
   */
  static int select(List<Encoding> encodings, int allocated) {
    if (allocated == EncodingProjection.NONE) {
      return EncodingProjection.NONE;
    }
    long latest = latestNanos(encodings);
    int lowest = EncodingProjection.NONE;
    int best = EncodingProjection.NONE;
    for (int i = encodings.size() - 1; i >= 0; i--) {
      if (isActive(encodings.get(i), latest)) {
        lowest = i;
        if (i <= allocated && best == EncodingProjection.NONE) {
          best = i;
        }
      }
    }
    if (lowest == EncodingProjection.NONE) {
      return Math.min(allocated, encodings.size() - 1);
    }
    return best != EncodingProjection.NONE ? best : lowest;
  }

  /** Whether the sender is sending this encoding. */
  static boolean isActive(List<Encoding> encodings, int index) {
    return isActive(encodings.get(index), latestNanos(encodings));
  }

  private static boolean isActive(Encoding encoding, long latestNanos) {
    return encoding.hasStarted() && latestNanos - encoding.lastArrivalNanos() < BEHIND_NANOS;
  }

  private static long latestNanos(List<Encoding> encodings) {
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < encodings.size(); i++) {
      if (encodings.get(i).hasStarted()) {
        latest = Math.max(latest, encodings.get(i).lastArrivalNanos());
      }
    }
    return latest;
  }
}
