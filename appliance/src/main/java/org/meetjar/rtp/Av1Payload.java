package org.meetjar.rtp;

/** The aggregation header of AV1, AV1 RTP specification section 4.4. */
final class Av1Payload {
  private static final int CONTINUES = 0x80;
  private static final int NEW_SEQUENCE = 0x08;

  private Av1Payload() {}

  /** Reads a payload; false if it is not one. What the dependency descriptor says comes first. */
  static boolean read(byte[] b, int offset, int length, FrameDescription into) {
    if (length < 1) {
      return false;
    }
    boolean begins = (b[offset] & NEW_SEQUENCE) != 0;
    if (begins && (b[offset] & CONTINUES) != 0) {
      return false;
    }
    DependencyDescriptor dependencies = into.dependencies;
    into.keyFrameStart = begins && (!dependencies.isPresent() || dependencies.start);
    into.keyPicture = begins;
    if (dependencies.isPresent()) {
      into.frameStart = dependencies.start;
      into.frameEnd = dependencies.end;
    }
    if (dependencies.isKnown()) {
      into.spatialId = dependencies.spatialId();
      into.temporalId = dependencies.temporalId();
      into.upperReference = isUpperReference(dependencies);
      // What follows cannot be understood without the structure.
      into.keyFrameStart = dependencies.hasStructure && dependencies.start;
      into.keyFrameStart &= into.spatialId == 0;
      if (dependencies.hasStructure) {
        into.spatialLayers = dependencies.structure.spatialLayers;
        System.arraycopy(dependencies.structure.heights, 0, into.heights, 0, into.heights.length);
      }
    }
    return true;
  }

  /** Whether a decode target of a higher spatial layer has the frame in it. */
  private static boolean isUpperReference(DependencyDescriptor dependencies) {
    DependencyStructure structure = dependencies.structure;
    int spatial = dependencies.spatialId();
    if (structure.spatialLayers - 1 == spatial) {
      return false;
    }
    for (int target = 0; target < structure.decodeTargets; target++) {
      if (structure.targetSpatial(target) > spatial
          && dependencies.indication(target) != DependencyStructure.NOT_PRESENT) {
        return true;
      }
    }
    return false;
  }
}
