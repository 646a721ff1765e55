package org.meetjar.srtp;

/** The {@link ReplayWindow} of each SSRC: an open hash table that never forgets and has a bound. */
final class SsrcTable {
  private final int limit;
  private int[] ssrcs = new int[8];
  private ReplayWindow[] windows = new ReplayWindow[8];
  private int size;

  SsrcTable(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size >= limit;
  }

  /** The window of a known SSRC, or null. */
  ReplayWindow find(int ssrc) {
    return windows[slot(ssrc)];
  }

  /** Adds an SSRC that is not in the table; the caller has seen that it is not full. */
  void add(int ssrc, ReplayWindow window) {
    if (2 * (size + 1) > windows.length) {
      grow();
    }
    int slot = slot(ssrc);
    ssrcs[slot] = ssrc;
    windows[slot] = window;
    size++;
  }

  private int slot(int ssrc) {
    int mask = windows.length - 1;
    int slot = (ssrc * 0x9E3779B9) >>> 7 & mask;
    while (windows[slot] != null && ssrcs[slot] != ssrc) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldSsrcs = ssrcs;
    ReplayWindow[] oldWindows = windows;
    ssrcs = new int[2 * oldSsrcs.length];
    windows = new ReplayWindow[2 * oldWindows.length];
    for (int i = 0; i < oldWindows.length; i++) {
      if (oldWindows[i] != null) {
        int slot = slot(oldSsrcs[i]);
        ssrcs[slot] = oldSsrcs[i];
        windows[slot] = oldWindows[i];
      }
    }
  }
}
