package org.meetjar.bridge;

import java.util.Arrays;
import org.meetjar.rtp.FrameDescription;
import org.meetjar.rtp.RateMeter;

/**
 * The spatial layers of one encoding: how many there are, how large, what each costs, and which of
 * them the sender sends at present.
 */
final class SpatialLayers {
  /** A layer that is missing in so many pictures running has been turned off. */
  private static final int BEHIND_PICTURES = 6;

  private static final int MAX = FrameDescription.MAX_SPATIAL_LAYERS;

  private final int[] heights = new int[MAX];
  private int count = 1;

  /** The rest is there while there is more than one layer. */
  private RateMeter[] rates = new RateMeter[0];

  private final int[] lastPicture = new int[MAX];
  private int picture;
  private int timestamp;

  /** Upper layers need the lower ones in key pictures only. */
  private boolean independent;

  /** How many there are, 1 where the codec has none. */
  int count() {
    return count;
  }

  /** The shorter side of a layer's pictures, 0 while unknown. */
  int height(int layer) {
    return heights[layer];
  }

  /**
   * Takes note of a packet.
   *
   * @return whether number or size of the layers are others now
   */
  boolean received(FrameDescription frame, int timestamp, int size, long nanos) {
    boolean changed = frame.spatialLayers() > 0 && isNews(frame);
    if (changed) {
      begin(frame);
    }
    if (count > 1 && frame.spatialId() < count) {
      rates[frame.spatialId()].add(size, nanos);
      if (timestamp - this.timestamp > 0) {
        this.timestamp = timestamp;
        picture++;
      }
      lastPicture[frame.spatialId()] = picture;
      if (!frame.isKeyPicture() && frame.spatialId() < count - 1) {
        independent = !frame.isUpperReference();
      }
    }
    return changed;
  }

  private boolean isNews(FrameDescription frame) {
    if (frame.spatialLayers() != count) {
      return true;
    }
    for (int i = 0; i < count; i++) {
      if (frame.height(i) > 0 && frame.height(i) != heights[i]) {
        return true;
      }
    }
    return false;
  }

  private void begin(FrameDescription frame) {
    if (frame.spatialLayers() != count && frame.spatialLayers() > 1) {
      rates = new RateMeter[frame.spatialLayers()];
      Arrays.setAll(rates, i -> new RateMeter());
      Arrays.fill(lastPicture, picture);
    }
    count = frame.spatialLayers();
    Arrays.fill(heights, 0);
    for (int i = 0; i < count; i++) {
      heights[i] = frame.height(i);
    }
  }

  /** The best layer up to this one that is being sent, else the lowest that is. */
  int bestActive(int layer) {
    for (int i = Math.min(layer, count - 1); i >= 0; i--) {
      if (isActive(i)) {
        return i;
      }
    }
    for (int i = 0; i < count; i++) {
      if (isActive(i)) {
        return i;
      }
    }
    return Math.min(layer, count - 1);
  }

  private boolean isActive(int layer) {
    return count == 1 || picture - lastPicture[layer] < BEHIND_PICTURES;
  }

  /** What a receiver of a layer costs, bits per second; 0 while unknown. */
  long bitsPerSecond(int layer, long nanos) {
    long own = rates[layer].bitsPerSecond(nanos);
    if (independent || own == 0) {
      return own;
    }
    for (int i = 0; i < layer; i++) {
      own += rates[i].bitsPerSecond(nanos);
    }
    return own;
  }
}
