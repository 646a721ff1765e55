package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.meetjar.bridge.ReceiverConstraints.Limit;

/**
 * Divides one receiver's bandwidth among the sources it wishes to see. A pure function: first the
 * sources on stage up to 360 lines, then every source its lowest encoding in order of importance,
 * then better ones, the sources on stage before the others.
 */
final class Allocation {
  private static final int STAGE_HEIGHT = 360;
  private static final long SCREEN_OVERSHOOT_BPS = 500_000;
  private static final int NONE = -1;
  private static final int ALL_TEMPORAL = 3;

  private Allocation() {}

  /** A video source that can be seen. Not to be changed once made. */
  static final class Offer {
    final String name;
    final String owner;
    private final boolean desktop;
    private final int[] heights;
    private final long[] bitrates;

    /**
     * Describes a source.
     *
     * @param heights per encoding, lowest first
     * @param bitrates per encoding, bits per second
     */
    Offer(String name, String owner, boolean desktop, int[] heights, long[] bitrates) {
      this.name = name;
      this.owner = owner;
      this.desktop = desktop;
      this.heights = heights;
      this.bitrates = bitrates;
    }
  }

  /** What a receiver gets of one source. */
  static final class Share {
    final Offer offer;
    private final int maxHeight;
    private final boolean onStage;
    private final int ideal;
    private final int temporalIdeal;
    private int encoding = NONE;
    private int temporal = ALL_TEMPORAL;

    Share(Offer offer, Limit limit, boolean onStage) {
      this.offer = offer;
      this.onStage = onStage;
      maxHeight = limit.height();
      ideal = best(offer.heights, maxHeight);
      temporalIdeal = temporalLayers(limit.maxFrameRate());
    }

    /** The best encoding, or -1 for none. */
    int encoding() {
      return encoding;
    }

    int temporalLimit() {
      return Math.min(temporal, temporalIdeal);
    }

    /** What the sender is asked for on this receiver's behalf. */
    int wantedHeight() {
      if (encoding == NONE) {
        return 0;
      }
      return encoding == ideal
          ? maxHeight
          : Math.min(maxHeight, Math.max(1, offer.heights[encoding]));
    }

    long bitrate(int index) {
      return index == NONE ? 0 : offer.bitrates[index];
    }
  }

  /** The highest encoding within the height; the lowest if none is. */
  static int best(int[] heights, int maxHeight) {
    int best = 0;
    for (int i = 1; i < heights.length; i++) {
      if (heights[i] <= maxHeight + maxHeight / 16) {
        best = i;
      }
    }
    return best;
  }

  /** Three temporal layers halve the frame rate each; clients send about 30 frames. */
  private static int temporalLayers(double maxFrameRate) {
    if (maxFrameRate < 0 || maxFrameRate > 15) {
      return ALL_TEMPORAL;
    }
    return maxFrameRate > 7.5 ? 1 : 0;
  }

  /**
   * Decides what a receiver gets.
   *
   * @param offers in the order of the recent speakers
   * @return the shares in order of importance, those without an encoding among them
   */
  static List<Share> allocate(ReceiverConstraints wishes, List<Offer> offers, long budgetBps) {
    if (!wishes.isKnown()) {
      return List.of();
    }
    List<Share> shares = choose(wishes, offers);
    long left = budgetBps;
    for (Share share : shares) {
      if (share.onStage) {
        int first = Math.min(share.ideal, best(share.offer.heights, STAGE_HEIGHT));
        left = raise(share, first, left);
      }
    }
    boolean first = true;
    for (Share share : shares) {
      left = raise(share, 0, left);
      if (share.encoding == NONE && first) {
        share.encoding = 0;
        share.temporal = 0;
        left = 0;
      }
      first = false;
    }
    for (Share share : shares) {
      if (share.onStage) {
        long extra = share.offer.desktop && left < Long.MAX_VALUE / 2 ? SCREEN_OVERSHOOT_BPS : 0;
        left = raise(share, share.ideal, left + extra) - extra;
      }
    }
    for (Share share : shares) {
      if (share.encoding != NONE) {
        left = raise(share, share.ideal, left);
      }
    }
    return shares;
  }

  private static List<Share> choose(ReceiverConstraints wishes, List<Offer> offers) {
    List<Offer> ordered = new ArrayList<>(offers);
    ordered.sort(
        Comparator.comparingInt((Offer o) -> wishes.stageRank(o.name, o.owner))
            .thenComparingInt(o -> wishes.selectedRank(o.name, o.owner)));
    List<Share> shares = new ArrayList<>();
    for (Offer offer : ordered) {
      Limit limit = wishes.limit(offer.name, offer.owner);
      if (limit.height() > 0 && shares.size() < wishes.maxSources()) {
        boolean onStage = wishes.stageRank(offer.name, offer.owner) != Integer.MAX_VALUE;
        shares.add(new Share(offer, limit, onStage));
      }
    }
    return shares;
  }

  /** Gives a share the best encoding up to the wanted one that can be paid for. */
  private static long raise(Share share, int wanted, long left) {
    for (int i = wanted; i > share.encoding; i--) {
      long cost = share.bitrate(i) - share.bitrate(share.encoding);
      if (cost <= left) {
        share.encoding = i;
        return left - cost;
      }
    }
    return left;
  }
}
