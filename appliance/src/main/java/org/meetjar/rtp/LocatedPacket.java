package org.meetjar.rtp;

/** Which packet of which encoding a receiver means; one is used for many questions. */
public final class LocatedPacket {
  int encoding;
  long sequence;

  public int encoding() {
    return encoding;
  }

  /** Extended, as it came in. */
  public long sequence() {
    return sequence;
  }
}
