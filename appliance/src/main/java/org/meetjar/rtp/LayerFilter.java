package org.meetjar.rtp;

/**
 * Which frames of an encoding with layers one receiver gets. A frame names what it needs, so each
 * packet is judged by itself; what layers the receiver gets at present is one number, which the
 * codec's filter makes and understands.
 */
interface LayerFilter {
  /** Sets the highest layers to get. */
  void limit(int spatial, int temporal);

  /** The encoding begins, or begins again, with this key frame; says the layers. */
  int begin(FrameDescription frame, int timestamp);

  /** A packet ahead of all others has come; says the layers from this packet on. */
  int advance(FrameDescription frame, int timestamp, int layers);

  /** Whether a packet is among these layers. */
  boolean wants(FrameDescription frame, int layers);

  /** Whether a packet is the last of its picture for a receiver of these layers. */
  boolean isLast(FrameDescription frame, int layers);

  /** Whether only a key frame leads to the layers that are wanted. */
  boolean waitsForKeyFrame(int layers);

  /** The decode targets that these layers leave, a bit each; all: -1. */
  default int activeTargets(FrameDescription frame, int layers) {
    return -1;
  }
}
