package org.meetjar.rtp;

/**
 * Leaves out temporal layers of VP8 and H.264, whose receivers must not see that anything is
 * missing. A frame is left out only when its first packet comes in order, because only then its
 * numbers can be closed up; a frame that begins with a gap is let through whole.
 */
final class WholeFrames {
  private int limit = 7;
  private int now = 7;
  private boolean leavingOut;
  private final LeftOutFrames leftOut = new LeftOutFrames();

  /** Sets the highest temporal layer to forward. */
  void limit(int temporal) {
    limit = temporal;
  }

  /** An encoding begins with a key frame. */
  void begin() {
    now = limit;
    leavingOut = false;
  }

  /**
   * Whether a packet ahead of all others is left out. What is missing between two packets of one
   * frame belongs to that frame, and goes with it.
   *
   * @param next no packet is missing before it
   */
  boolean leavesOut(FrameDescription frame, int timestamp, boolean next) {
    if (!frame.frameStart) {
      leavingOut &= leftOut.isLast(timestamp);
      return leavingOut;
    }
    if (limit < now || frame.keyFrameStart) {
      now = limit;
    } else if (frame.switchingPoint) {
      takeUp(frame);
    }
    leavingOut = next && frame.temporalId > now;
    if (leavingOut) {
      leftOut.add(timestamp);
    }
    return leavingOut;
  }

  private void takeUp(FrameDescription frame) {
    if (frame.codec != VideoCodec.VP8) {
      now = frame.temporalId <= now ? limit : now;
    } else if (frame.temporalId > now && frame.temporalId <= limit) {
      now = frame.temporalId;
    }
  }

  /** Whether the frame of this time was left out. */
  boolean leftOut(int timestamp) {
    return leftOut.contains(timestamp);
  }
}
