package org.meetjar.rtp;

import java.util.Arrays;
import java.util.List;

/**
 * Writes dependency descriptors for three spatial and three temporal layers, for tests: a template
 * for each layer, once for key pictures and once for others, with differences of its own in each
 * frame.
 */
final class DescriptorWriter {
  private static final int LAYERS = LayeredSender.SPATIAL;
  private static final int TARGETS = 9;

  private final boolean independent;
  private int offset;
  private byte[] bits = new byte[200];
  private int at;

  /** How far back the last T0 frame of a spatial layer is, per chain. */
  private final int[] chainFrame = new int[LAYERS];

  DescriptorWriter(boolean independent, int offset) {
    this.independent = independent;
    this.offset = offset;
  }

  /** The next frame begins a new structure. */
  void renew() {
    offset = offset + 18 & 63;
  }

  byte[] write(
      int spatial,
      int temporal,
      boolean key,
      boolean structure,
      int frameNumber,
      List<Integer> differences) {
    bits = new byte[200];
    at = 0;
    put(0, 2);
    put(offset + template(spatial, temporal, key) & 63, 6);
    put(frameNumber, 16);
    put(structure ? 1 : 0, 1);
    put(0, 1);
    put(0, 1);
    put(1, 1);
    put(1, 1);
    if (structure) {
      structure();
    }
    for (int difference : differences) {
      put(2, 2);
      put(difference - 1, 8);
    }
    put(0, 2);
    for (int chain = 0; chain < LAYERS; chain++) {
      boolean begins = key && spatial == 0;
      put(begins ? 0 : frameNumber - chainFrame[chain] & 0xff, 8);
    }
    return Arrays.copyOf(bits, (at + 7) / 8);
  }

  /** The frame has been written. */
  void advance(int spatial, int temporal, boolean key, int frameNumber) {
    if (temporal == 0) {
      for (int chain = 0; chain < LAYERS; chain++) {
        boolean carries = chain == spatial || (chain > spatial && (key || !independent));
        if (carries) {
          chainFrame[chain] = frameNumber;
        }
      }
    }
  }

  /** Templates go by spatial layer, then temporal, each for delta and key pictures. */
  private static int template(int spatial, int temporal, boolean key) {
    return spatial * 6 + temporal * 2 + (key ? 1 : 0);
  }

  private void structure() {
    put(offset, 6);
    put(TARGETS - 1, 5);
    for (int spatial = 0; spatial < LAYERS; spatial++) {
      for (int i = 0; i < 6; i++) {
        boolean last = spatial == LAYERS - 1 && i == 5;
        put(last ? 3 : i == 5 ? 2 : i % 2 == 1 ? 1 : 0, 2);
      }
    }
    for (int spatial = 0; spatial < LAYERS; spatial++) {
      for (int temporal = 0; temporal < 3; temporal++) {
        for (int key = 0; key < 2; key++) {
          for (int target = 0; target < TARGETS; target++) {
            put(indication(spatial, temporal, key == 1, target / 3, target % 3), 2);
          }
        }
      }
    }
    for (int template = 0; template < 18; template++) {
      put(0, 1);
    }
    // Three chains of four: ns(10) of 3, then ns(3) of each target's
    put(3, 3);
    for (int target = 0; target < TARGETS; target++) {
      int chain = target / 3;
      put(chain == 0 ? 0 : chain + 1, chain == 0 ? 1 : 2);
    }
    for (int i = 0; i < 18 * LAYERS; i++) {
      put(0, 4);
    }
    put(1, 1);
    for (int i = 0; i < LAYERS; i++) {
      put((320 << i) - 1, 16);
      put((180 << i) - 1, 16);
    }
  }

  private int indication(int spatial, int temporal, boolean key, int toSpatial, int toTemporal) {
    boolean needed = spatial == toSpatial || (spatial < toSpatial && (key || !independent));
    if (!needed || temporal > toTemporal) {
      return 0;
    }
    if (temporal == 0) {
      return spatial == toSpatial || key ? 2 : 3;
    }
    return temporal == 2 ? 1 : 3;
  }

  private void put(int value, int count) {
    for (int i = count - 1; i >= 0; i--, at++) {
      bits[at >> 3] |= (byte) ((value >> i & 1) << 7 - (at & 7));
    }
  }
}
