package org.meetjar.rtp;

/** Reads the payloads of all codecs that are looked into. One is used for many packets. */
final class FrameReader {
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final H264Payload h264 = new H264Payload();

  /**
   * Reads a payload; what comes before it, the dependency descriptor, has been read.
   *
   * @return false if it is not of this codec
   */
  boolean read(
      VideoCodec codec, byte[] b, int offset, int length, CodecState state, FrameDescription into) {
    boolean read =
        switch (codec) {
          case OTHER -> true;
          case VP8 -> vp8(b, offset, length, into);
          case VP9 -> Vp9Payload.read(b, offset, length, into);
          case H264 -> h264(b, offset, length, state, into);
          case AV1 -> Av1Payload.read(b, offset, length, into);
        };
    into.codec = read ? codec : VideoCodec.OTHER;
    return read;
  }

  private boolean vp8(byte[] b, int offset, int length, FrameDescription into) {
    if (!vp8.parse(b, offset, length)) {
      return false;
    }
    vp8.describe(into);
    return true;
  }

  private boolean h264(byte[] b, int offset, int length, CodecState state, FrameDescription into) {
    if (!h264.read(b, offset, length, state, into)) {
      return false;
    }
    DependencyDescriptor dependencies = into.dependencies;
    if (dependencies.isPresent()) {
      into.frameStart = dependencies.start;
      into.frameEnd = dependencies.end;
    }
    if (dependencies.isKnown()) {
      into.temporalId = dependencies.temporalId();
      into.switchingPoint = isSwitchingPoint(dependencies);
    }
    return true;
  }

  /** Whether the decode target that has all temporal layers can be begun with the frame. */
  private static boolean isSwitchingPoint(DependencyDescriptor dependencies) {
    DependencyStructure structure = dependencies.structure;
    for (int target = 0; target < structure.decodeTargets; target++) {
      if (structure.targetTemporal(target) == structure.temporalLayers - 1
          && dependencies.indication(target) == DependencyStructure.SWITCH) {
        return true;
      }
    }
    return false;
  }
}
