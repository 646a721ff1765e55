package org.meetjar.rtp;

import java.util.Arrays;

/**
 * Layers by dependency descriptor: the receiver gets one decode target, every frame that is present
 * in it and no other (AV1 RTP specification, sections A.4 and A.5). It changes to another one at a
 * frame that says so and needs nothing that was left out.
 */
final class DecodeTargets implements LayerFilter {
  /** Frames that are remembered; references reach 4096 back, those of meetings a few. */
  private static final int MEMORY = 512;

  private int spatialLimit = FrameDescription.MAX_SPATIAL_LAYERS - 1;
  private int temporalLimit = 7;
  private int version;
  private int wanted;

  /** The wanted target has another spatial layer, and its chain is broken. */
  private boolean broken;

  private int newestFrame;
  private final long[] forwarded = new long[MEMORY / 64];

  @Override
  public void limit(int spatial, int temporal) {
    spatialLimit = spatial;
    temporalLimit = temporal;
  }

  @Override
  public int begin(FrameDescription frame, int timestamp) {
    DependencyDescriptor dependencies = frame.dependencies;
    Arrays.fill(forwarded, 0);
    newestFrame = dependencies.frameNumber;
    version = dependencies.version;
    if (!dependencies.isKnown()) {
      return 0;
    }
    wanted = best(dependencies);
    broken = false;
    remember(frame, wanted);
    return wanted;
  }

  @Override
  public int advance(FrameDescription frame, int timestamp, int layers) {
    DependencyDescriptor dependencies = frame.dependencies;
    if (!dependencies.isKnown()) {
      return layers;
    }
    if (dependencies.version != version) {
      return begin(frame, timestamp);
    }
    int ahead = (short) (dependencies.frameNumber - newestFrame);
    if (ahead > 0) {
      for (int i = 1; i <= Math.min(ahead, MEMORY); i++) {
        forget(newestFrame + i);
      }
      newestFrame = dependencies.frameNumber;
    }
    wanted = best(dependencies);
    int now = wanted != layers && canSwitch(dependencies, wanted) ? wanted : layers;
    broken = now != wanted && isBroken(dependencies, now);
    remember(frame, now);
    return now;
  }

  private boolean isBroken(DependencyDescriptor dependencies, int layers) {
    DependencyStructure structure = dependencies.structure;
    return (layers >= structure.decodeTargets
            || structure.targetSpatial(layers) != structure.targetSpatial(wanted))
        && !hasChain(dependencies, wanted);
  }

  /** Whether the receiver has the last frame of the chain that protects a target. */
  private boolean hasChain(DependencyDescriptor dependencies, int target) {
    int chain = dependencies.structure.protectedBy(target);
    if (chain < 0) {
      return false;
    }
    int difference = dependencies.chainDiff(chain);
    return difference == 0 || wasForwarded(dependencies.frameNumber - difference);
  }

  /** The best decode target within the limits that is being sent; the least when none is. */
  private int best(DependencyDescriptor dependencies) {
    DependencyStructure structure = dependencies.structure;
    int best = 0;
    int bestRank = Integer.MIN_VALUE;
    for (int target = 0; target < structure.decodeTargets; target++) {
      int spatial = structure.targetSpatial(target);
      int temporal = structure.targetTemporal(target);
      int rank = spatial << 4 | temporal;
      if (spatial > spatialLimit || temporal > temporalLimit) {
        rank = -1 - rank;
      }
      boolean sent = (dependencies.sentTargets >> target & 1) != 0;
      if (sent && rank > bestRank) {
        best = target;
        bestRank = rank;
      }
    }
    return best;
  }

  /** Whether the target can be decoded from this frame on with what the receiver has. */
  private boolean canSwitch(DependencyDescriptor dependencies, int target) {
    if (dependencies.indication(target) != DependencyStructure.SWITCH) {
      return false;
    }
    if (dependencies.structure.chains > 0 && !hasChain(dependencies, target)) {
      return false;
    }
    for (int i = 0; i < dependencies.fdiffCount(); i++) {
      if (!wasForwarded(dependencies.frameNumber - dependencies.fdiff(i))) {
        return false;
      }
    }
    return true;
  }

  private void remember(FrameDescription frame, int layers) {
    if (wants(frame, layers)) {
      int bit = frame.dependencies.frameNumber & MEMORY - 1;
      forwarded[bit >> 6] |= 1L << bit;
    }
  }

  private void forget(int number) {
    int bit = number & MEMORY - 1;
    forwarded[bit >> 6] &= ~(1L << bit);
  }

  private boolean wasForwarded(int number) {
    int bit = number & MEMORY - 1;
    return (newestFrame - number & 0xffff) < MEMORY && (forwarded[bit >> 6] >> bit & 1) != 0;
  }

  @Override
  public boolean wants(FrameDescription frame, int layers) {
    DependencyDescriptor dependencies = frame.dependencies;
    return !dependencies.isKnown()
        || layers >= dependencies.structure.decodeTargets
        || dependencies.indication(layers) != DependencyStructure.NOT_PRESENT;
  }

  @Override
  public boolean isLast(FrameDescription frame, int layers) {
    DependencyDescriptor dependencies = frame.dependencies;
    return dependencies.isKnown()
        && frame.frameEnd
        && layers < dependencies.structure.decodeTargets
        && frame.spatialId == dependencies.structure.targetSpatial(layers);
  }

  @Override
  public boolean waitsForKeyFrame(int layers) {
    return broken;
  }

  @Override
  public int activeTargets(FrameDescription frame, int layers) {
    DependencyStructure structure = frame.dependencies.structure;
    if (!frame.dependencies.hasStructure || layers >= structure.decodeTargets) {
      return -1;
    }
    int active = 0;
    int all = -1 >>> 32 - structure.decodeTargets;
    for (int target = 0; target < structure.decodeTargets; target++) {
      if (structure.targetSpatial(target) <= structure.targetSpatial(layers)) {
        active |= 1 << target;
      }
    }
    return active == all ? -1 : active;
  }
}
