package org.meetjar.rtp;

/**
 * How much may be sent again: a burst, and in the long run a share of what is sent at all. More is
 * missing only when a path or a machine cannot carry what it has to, and then repairs are more of
 * the same: a key frame is the cheaper way out. Belongs to one thread.
 */
public final class RepairBudget {
  private final int packetsPerRepair;
  private final int most;
  private int earned;

  /**
   * Begins with the whole burst.
   *
   * @param packetsPerRepair one packet may be repeated for so many that have passed
   * @param burst packets that may be repeated at once
   */
  public RepairBudget(int packetsPerRepair, int burst) {
    this.packetsPerRepair = packetsPerRepair;
    most = packetsPerRepair * burst;
    earned = most;
  }

  /** A packet has passed that was no repair. */
  public void packet() {
    if (earned < most) {
      earned++;
    }
  }

  /** Whether not even one packet may be repeated now. */
  public boolean isSpent() {
    return earned < packetsPerRepair;
  }

  /** Whether so many packets may be repeated now: all of them, or none; if so, they count. */
  public boolean take(int packets) {
    int price = packets * packetsPerRepair;
    if (price > earned) {
      return false;
    }
    earned -= price;
    return true;
  }
}
