package org.meetjar.rtp;

/** The frame of an unwanted layer whose packets are being left out. */
final class LeftOutLayer {
  private boolean any;
  private int timestamp;
  private int spatialId;

  /** A wanted packet has come. */
  void clear() {
    any = false;
  }

  /** Takes note of a packet that is not wanted; says whether the one before was of its frame. */
  boolean goesOn(int timestamp, int spatialId) {
    boolean same = any && this.timestamp == timestamp && this.spatialId == spatialId;
    any = true;
    this.timestamp = timestamp;
    this.spatialId = spatialId;
    return same;
  }
}
