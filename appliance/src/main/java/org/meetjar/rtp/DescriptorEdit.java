package org.meetjar.rtp;

import java.util.Arrays;

/**
 * How a dependency descriptor is changed for one receiver: its frame number continues the last
 * encoding's, its templates have identifiers that no earlier structure has, and a structure comes
 * with the decode targets that the receiver gets.
 */
final class DescriptorEdit {
  /** Octets of a descriptor that has nothing but the mandatory fields. */
  static final int SHORT = 3;

  /** Octets that a descriptor may grow by: up to 32 decode targets, a bit each. */
  static final int GROWTH = 4;

  private static final int ALL = -1;
  private static final int ACTIVE_FLAG_AT = 25;

  private boolean wanted;
  private int frameNumber;
  private int templateShift;
  private int activeTargets;

  void clear() {
    wanted = false;
  }

  /**
   * Sets what to write.
   *
   * @param activeTargets a bit for each decode target that the receiver may get; all: -1
   */
  void set(int frameNumber, int templateShift, int activeTargets) {
    wanted = true;
    this.frameNumber = frameNumber;
    this.templateShift = templateShift;
    this.activeTargets = activeTargets;
  }

  /**
   * Writes into an extension element; behind it there is room for {@link #GROWTH} if it is longer
   * than {@link #SHORT}.
   *
   * @param at where the element begins
   * @param head octets of the element's own header, 1 or 2
   */
  void apply(DependencyDescriptor descriptor, byte[] b, int at, int head, int size) {
    if (!wanted || !descriptor.isPresent()) {
      return;
    }
    int data = at + head;
    b[data] = (byte) (b[data] & 0xc0 | descriptor.templateId + templateShift & 0x3f);
    BigEndian.put16(b, data + 1, frameNumber);
    if (!descriptor.hasStructure) {
      return;
    }
    int offset = descriptor.structure.templateIdOffset + templateShift;
    putBits(b, data * 8 + DependencyDescriptor.STRUCTURE_AT, 6, offset);
    if (activeTargets == ALL) {
      return;
    }
    int count = descriptor.structure.decodeTargets;
    int place = data * 8 + descriptor.activeTargetsAt;
    if (descriptor.hasActiveTargets) {
      putBits(b, place, count, activeTargets & descriptor.activeTargets);
      return;
    }
    int longer = size + (count + 7) / 8;
    if (head == 1 && longer > 16 || longer > 255) {
      return;
    }
    insert(b, data * 8 + size * 8, place, count);
    putBits(b, place, count, activeTargets);
    putBits(b, data * 8 + ACTIVE_FLAG_AT, 1, 1);
    if (head == 1) {
      b[at] = (byte) (b[at] & 0xf0 | longer - 1);
    } else {
      b[at + 1] = (byte) longer;
    }
  }

  /** Moves what is between a place and the end towards the end, over zeros. */
  private static void insert(byte[] b, int end, int place, int count) {
    int octets = (count + 7) / 8;
    Arrays.fill(b, end / 8, end / 8 + octets, (byte) 0);
    for (int bit = end - 1; bit >= place; bit--) {
      putBits(b, bit + count, 1, b[bit >> 3] >> 7 - (bit & 7) & 1);
    }
  }

  private static void putBits(byte[] b, int place, int count, int value) {
    for (int i = 0; i < count; i++) {
      int bit = place + i;
      int mask = 0x80 >> (bit & 7);
      if ((value >> count - 1 - i & 1) != 0) {
        b[bit >> 3] |= (byte) mask;
      } else {
        b[bit >> 3] &= (byte) ~mask;
      }
    }
  }
}
