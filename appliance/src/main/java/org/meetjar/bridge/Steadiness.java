package org.meetjar.bridge;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Keeps one receiver's pictures from changing with every breath of the estimate: what has become
 * too much goes at once, and what would be affordable again is given only when there is some margin
 * and the last loss is a while ago, longer each time that more was given too early. Wishes are
 * followed at once. Belongs to the conference's loop.
 */
final class Steadiness {
  /** So much of a budget is counted on when more is to be given. */
  static final double COUNTED_ON = 0.85;

  private static final long FIRST_HOLD_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long LAST_HOLD_NANOS = Duration.ofSeconds(16).toNanos();

  /** What is taken back so soon had been given too early. */
  private static final long TOO_EARLY_NANOS = Duration.ofSeconds(10).toNanos();

  /** Without a loss for so long the path is what it was at first. */
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();

  private record Given(int level, int ideal) {}

  private Map<String, Given> given = new HashMap<>();
  private boolean everLost;
  private long lostNanos;
  private boolean everRaised;
  private long raisedNanos;
  private long holdNanos = FIRST_HOLD_NANOS;

  /**
   * Decides what a receiver gets.
   *
   * @param allocate divides a budget; of no two results the same share
   */
  List<Allocation.Share> decide(
      long budgetBps, LongFunction<List<Allocation.Share>> allocate, long nanos) {
    List<Allocation.Share> shares = allocate.apply(budgetBps);
    boolean careful = everLost && nanos - lostNanos < FORGOTTEN_NANOS;
    if (careful && wouldRaise(shares)) {
      hold(shares, allocate.apply((long) (budgetBps * COUNTED_ON)), nanos);
    }
    remember(shares, nanos);
    return shares;
  }

  private boolean wouldRaise(List<Allocation.Share> shares) {
    for (Allocation.Share share : shares) {
      if (isRaise(share)) {
        return true;
      }
    }
    return false;
  }

  /** Whether more is given of something that was wished for as much before. */
  private boolean isRaise(Allocation.Share share) {
    Given before = given.get(share.offer.name);
    return before != null && share.level() > before.level && share.ideal() <= before.ideal;
  }

  private void hold(List<Allocation.Share> shares, List<Allocation.Share> countedOn, long nanos) {
    boolean tooSoon = nanos - lostNanos < holdNanos;
    Map<String, Integer> safe = new HashMap<>();
    countedOn.forEach(share -> safe.put(share.offer.name, share.level()));
    for (Allocation.Share share : shares) {
      if (isRaise(share)) {
        int before = given.get(share.offer.name).level;
        int most = tooSoon ? before : Math.max(before, safe.getOrDefault(share.offer.name, 0));
        share.lowerTo(most);
      }
    }
  }

  private void remember(List<Allocation.Share> shares, long nanos) {
    Map<String, Given> now = new HashMap<>();
    boolean lost = false;
    for (Allocation.Share share : shares) {
      Given before = given.get(share.offer.name);
      if (before != null) {
        lost |= share.level() < Math.min(before.level, share.ideal());
        if (isRaise(share)) {
          everRaised = true;
          raisedNanos = nanos;
        }
      }
      now.put(share.offer.name, new Given(share.level(), share.ideal()));
    }
    given = now;
    if (lost) {
      boolean tooEarly = everRaised && nanos - raisedNanos < TOO_EARLY_NANOS;
      holdNanos = tooEarly ? Math.min(LAST_HOLD_NANOS, holdNanos * 2) : FIRST_HOLD_NANOS;
      everLost = true;
      lostNanos = nanos;
    }
  }
}
