package org.meetjar.rtp;

import java.util.Arrays;

/**
 * The template dependency structure that a stream of AV1 has sent last (AV1 RTP specification,
 * section A.8.3): which kinds of frames there are, and what each is to each decode target. Holds
 * its arrays for the next one.
 */
final class DependencyStructure {
  static final int NOT_PRESENT = 0;
  static final int SWITCH = 2;

  private static final int MAX_TEMPLATES = 64;
  private static final int MAX_FDIFFS = 16;

  int templateIdOffset;
  int templates;
  int decodeTargets;
  int chains;
  int spatialLayers;
  int temporalLayers;
  private byte[] spatialIds = new byte[0];
  private byte[] temporalIds = new byte[0];
  private byte[] indications = new byte[0];
  private byte[] fdiffCounts = new byte[0];
  private byte[] fdiffs = new byte[0];
  private byte[] chainDiffs = new byte[0];
  private final byte[] protectedBy = new byte[32];
  private final int[] targetSpatial = new int[32];
  private final int[] targetTemporal = new int[32];
  final int[] heights = new int[FrameDescription.MAX_SPATIAL_LAYERS];

  /** Reads a structure; false if there is none, and then this one means nothing. */
  boolean read(BitReader bits) {
    templateIdOffset = bits.bits(6);
    decodeTargets = bits.bits(5) + 1;
    return layers(bits)
        && indications(bits)
        && differences(bits)
        && chains(bits)
        && resolutions(bits)
        && !bits.failed();
  }

  private boolean layers(BitReader bits) {
    templates = 0;
    temporalLayers = 0;
    int spatial = 0;
    int temporal = 0;
    int next;
    do {
      if (templates == MAX_TEMPLATES
          || spatial >= FrameDescription.MAX_SPATIAL_LAYERS
          || temporal > 7
          || bits.failed()) {
        return false;
      }
      if (templates >= spatialIds.length) {
        spatialIds = Arrays.copyOf(spatialIds, templates + 16);
        temporalIds = Arrays.copyOf(temporalIds, templates + 16);
      }
      spatialIds[templates] = (byte) spatial;
      temporalIds[templates] = (byte) temporal;
      templates++;
      temporalLayers = Math.max(temporalLayers, temporal + 1);
      next = bits.bits(2);
      if (next == 1) {
        temporal++;
      } else if (next == 2) {
        temporal = 0;
        spatial++;
      }
    } while (next != 3);
    spatialLayers = spatial + 1;
    return true;
  }

  private boolean indications(BitReader bits) {
    indications = room(indications, templates * decodeTargets);
    Arrays.fill(targetSpatial, 0);
    Arrays.fill(targetTemporal, 0);
    for (int template = 0; template < templates; template++) {
      for (int target = 0; target < decodeTargets; target++) {
        int indication = bits.bits(2);
        indications[template * decodeTargets + target] = (byte) indication;
        if (indication != NOT_PRESENT) {
          targetSpatial[target] = Math.max(targetSpatial[target], spatialIds[template]);
          targetTemporal[target] = Math.max(targetTemporal[target], temporalIds[template]);
        }
      }
    }
    return !bits.failed();
  }

  private boolean differences(BitReader bits) {
    fdiffCounts = room(fdiffCounts, templates);
    fdiffs = room(fdiffs, templates * MAX_FDIFFS);
    for (int template = 0; template < templates; template++) {
      int count = 0;
      while (bits.flag()) {
        if (count == MAX_FDIFFS) {
          return false;
        }
        fdiffs[template * MAX_FDIFFS + count++] = (byte) (bits.bits(4) + 1);
      }
      fdiffCounts[template] = (byte) count;
    }
    return !bits.failed();
  }

  private boolean chains(BitReader bits) {
    chains = bits.nonSymmetric(decodeTargets + 1);
    if (chains == 0) {
      return true;
    }
    for (int target = 0; target < decodeTargets; target++) {
      protectedBy[target] = (byte) bits.nonSymmetric(chains);
    }
    chainDiffs = room(chainDiffs, templates * chains);
    for (int i = 0; i < templates * chains; i++) {
      chainDiffs[i] = (byte) bits.bits(4);
    }
    return !bits.failed();
  }

  private boolean resolutions(BitReader bits) {
    Arrays.fill(heights, 0);
    if (bits.flag()) {
      for (int i = 0; i < spatialLayers; i++) {
        int width = bits.bits(16) + 1;
        heights[i] = Math.min(width, bits.bits(16) + 1);
      }
    }
    return true;
  }

  private static byte[] room(byte[] array, int size) {
    return array.length >= size ? array : new byte[size];
  }

  /** The template of an identifier, or -1. */
  int template(int id) {
    int index = id - templateIdOffset & 63;
    return index < templates ? index : -1;
  }

  int spatialId(int template) {
    return spatialIds[template];
  }

  int temporalId(int template) {
    return temporalIds[template];
  }

  int indication(int template, int target) {
    return indications[template * decodeTargets + target];
  }

  int fdiffCount(int template) {
    return fdiffCounts[template];
  }

  int fdiff(int template, int index) {
    return fdiffs[template * MAX_FDIFFS + index];
  }

  int chainDiff(int template, int chain) {
    return chainDiffs[template * chains + chain];
  }

  /** The chain whose frames a decode target needs, or -1. */
  int protectedBy(int target) {
    return chains == 0 ? -1 : protectedBy[target];
  }

  /** The highest spatial layer of a decode target, and the highest temporal one. */
  int targetSpatial(int target) {
    return targetSpatial[target];
  }

  int targetTemporal(int target) {
    return targetTemporal[target];
  }
}
