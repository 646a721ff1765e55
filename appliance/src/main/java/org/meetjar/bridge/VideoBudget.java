package org.meetjar.bridge;

import java.time.Duration;
import java.util.List;

/**
 * What one receiver gets of pictures: its bandwidth less the sound, divided by its wishes,
 * steadily. It also tells the estimator what there would be to send, so that more is tried only
 * while more is wanted. Belongs to the conference's loop.
 */
final class VideoBudget {
  /** What the network adds to packets of pictures. */
  private static final double ON_THE_WIRE = 1.05;

  /** A budget that has fallen by less is no reason to decide anew. */
  private static final double FALLEN = 0.95;

  /** From this part of the estimate on, what is sent is looked at even if nothing changes. */
  private static final double TIGHT = 0.9;

  /** Between two decisions that only the estimate asks for: to take away, and to give more. */
  private static final long LOWER_NANOS = Duration.ofMillis(100).toNanos();

  private static final long RAISE_NANOS = Duration.ofMillis(500).toNanos();

  private final Downlink downlink;
  private final Steadiness steadiness = new Steadiness();
  private long decidedNanos;
  private long decidedBps = Long.MAX_VALUE;
  private long givenBps;
  private long idealBps;

  VideoBudget(Downlink downlink) {
    this.downlink = downlink;
  }

  /** Decides anew. */
  List<Allocation.Share> allocate(
      ReceiverConstraints wishes, List<Allocation.Offer> offers, long nanos) {
    long budget = Math.min(wishes.assumedBandwidthBps(), budgetBps(nanos));
    List<Allocation.Share> shares =
        steadiness.decide(budget, bps -> Allocation.allocate(wishes, offers, bps), nanos);
    givenBps = 0;
    idealBps = 0;
    for (Allocation.Share share : shares) {
      givenBps += share.bitrate();
      idealBps += share.idealBitrate();
    }
    decidedBps = budget;
    decidedNanos = nanos;
    long wish = Math.min(wishes.assumedBandwidthBps(), (long) (idealBps * ON_THE_WIRE));
    long sound = downlink.soundBps(nanos);
    downlink.bandwidth().wish(idealBps == 0 ? 0 : (long) (wish / Steadiness.COUNTED_ON) + sound);
    return shares;
  }

  private long budgetBps(long nanos) {
    long limit = downlink.bandwidth().limitBps();
    return limit == Long.MAX_VALUE
        ? limit
        : (long) Math.max(0, (limit - downlink.soundBps(nanos)) / ON_THE_WIRE);
  }

  /** Whether the estimate is reason to decide anew. */
  boolean isDueAnew(long nanos) {
    long since = nanos - decidedNanos;
    return since >= LOWER_NANOS && (isOverdrawn(nanos) || (since >= RAISE_NANOS && isTight(nanos)));
  }

  /** Whether what was given has become too much. */
  private boolean isOverdrawn(long nanos) {
    long budget = budgetBps(nanos);
    return budget < givenBps && budget < decidedBps * FALLEN;
  }

  /** Whether more, or less, might be given by now. */
  private boolean isTight(long nanos) {
    return givenBps < idealBps || downlink.sentBps(nanos) > downlink.bandwidth().limitBps() * TIGHT;
  }
}
