package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.meetjar.bridge.ReceiverConstraints.Limit;

/**
 * Divides one receiver's bandwidth among the sources it wishes to see. A pure function: first the
 * sources on stage up to 360 lines, then every source its lowest encoding in order of importance,
 * then better ones, the sources on stage before the others. What cannot be paid for is left out.
 */
final class Allocation {
  private static final int STAGE_HEIGHT = 360;
  private static final long SCREEN_OVERSHOOT_BPS = 500_000;

  /** What is left of an encoding's bitrate at its lowest frame rate. */
  private static final double SLOW_PART = 0.6;

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

  /**
   * What a receiver gets of one source, as a level: nothing, the lowest encoding at its lowest
   * frame rate, then each encoding in full.
   */
  static final class Share {
    private static final int NOTHING = 0;
    private static final int SLOW = 1;

    final Offer offer;
    private final int maxHeight;
    private final boolean onStage;
    private final int ideal;
    private final int temporalIdeal;
    private int level = NOTHING;

    Share(Offer offer, Limit limit, boolean onStage) {
      this.offer = offer;
      this.onStage = onStage;
      maxHeight = limit.height();
      ideal = best(offer.heights, maxHeight);
      temporalIdeal = temporalLayers(limit.maxFrameRate());
    }

    /** The best encoding, or -1 for none. */
    int encoding() {
      return level <= SLOW ? level - 1 : level - 2;
    }

    int temporalLimit() {
      return level == SLOW ? 0 : temporalIdeal;
    }

    int level() {
      return level;
    }

    /** The level that was wished for. */
    int ideal() {
      return level(ideal);
    }

    /** Whether the budget allows less than was wished for. */
    boolean isScarce() {
      return level < ideal();
    }

    void lowerTo(int most) {
      level = Math.min(level, most);
    }

    /** What the sender is asked for on this receiver's behalf. */
    int wantedHeight() {
      if (level == NOTHING) {
        return 0;
      }
      int encoding = encoding();
      return encoding == ideal
          ? maxHeight
          : Math.min(maxHeight, Math.max(1, offer.heights[encoding]));
    }

    long bitrate() {
      return bitrate(level);
    }

    long idealBitrate() {
      return bitrate(ideal());
    }

    private long bitrate(int level) {
      return switch (level) {
        case NOTHING -> 0;
        case SLOW -> (long) (offer.bitrates[0] * SLOW_PART);
        default -> offer.bitrates[level - 2];
      };
    }

    private static int level(int encoding) {
      return encoding + 2;
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
        left = raise(share, Math.min(share.ideal, best(share.offer.heights, STAGE_HEIGHT)), left);
      }
    }
    for (Share share : shares) {
      left = raise(share, 0, left);
    }
    for (Share share : shares) {
      if (share.onStage) {
        left = raise(share, share.ideal, left);
      }
    }
    for (Share share : shares) {
      if (share.level > Share.NOTHING) {
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
    long credit = credit(share, left);
    for (int i = Share.level(wanted); i > share.level; i--) {
      long cost = share.bitrate(i) - share.bitrate();
      if (cost <= left + credit) {
        share.level = i;
        return left - cost;
      }
    }
    return left;
  }

  /** A screen on stage may cost a little more than there is, but not a multiple of it. */
  private static long credit(Share share, long left) {
    boolean given = share.onStage && share.offer.desktop && left > 0 && left < Long.MAX_VALUE / 2;
    return given ? Math.min(SCREEN_OVERSHOOT_BPS, left + share.bitrate()) : 0;
  }
}
