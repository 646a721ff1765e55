package org.meetjar.rtp;

import java.util.Arrays;

/**
 * What the packet that was read last says of its frame, whatever its codec: all that forwarding
 * needs to know. One is used for many packets.
 *
 * <p>A picture is what is shown at one time, a frame one spatial layer of it. Codecs without
 * spatial layers have one frame in each picture.
 */
public final class FrameDescription {
  /** The most spatial layers that any codec here has. */
  public static final int MAX_SPATIAL_LAYERS = 8;

  /** {@link VideoCodec#OTHER} when the packet has no payload, or none that could be read. */
  VideoCodec codec = VideoCodec.OTHER;

  /** Whether the packet is the first, or the last, of a frame, as far as the codec tells. */
  boolean frameStart;

  boolean frameEnd;

  /** Whether decoding can begin with this packet: the first of a key frame. */
  boolean keyFrameStart;

  /** The frame needs none of an earlier picture. */
  boolean keyPicture;

  /** 0 when the codec has none. */
  int spatialId;

  /** 0 when there is none. */
  int temporalId;

  /**
   * With VP8: the frame depends on the base layer only, so that its own layer can be taken up with
   * it. With VP9 and H.264: higher temporal layers can be taken up after it.
   */
  boolean switchingPoint;

  /** Frames of higher spatial layers of the same picture may need this one. */
  boolean upperReference;

  /** -1 when there is none. */
  int pictureId;

  int pictureIdAt;
  int pictureIdMask;

  /** -1 when there is none. */
  int tl0PicIdx;

  int tl0PicIdxAt;

  /** How many spatial layers the stream has from this packet on, 0 when it does not say. */
  int spatialLayers;

  /** The shorter side of each of these layers' pictures, 0 while unknown. */
  final int[] heights = new int[MAX_SPATIAL_LAYERS];

  /** Where the descriptor means nothing, {@link DependencyDescriptor#isKnown()} is false. */
  final DependencyDescriptor dependencies = new DependencyDescriptor();

  void clear() {
    codec = VideoCodec.OTHER;
    frameStart = false;
    frameEnd = false;
    keyFrameStart = false;
    keyPicture = false;
    spatialId = 0;
    temporalId = 0;
    switchingPoint = false;
    upperReference = true;
    pictureId = -1;
    pictureIdAt = -1;
    pictureIdMask = 0x7fff;
    tl0PicIdx = -1;
    tl0PicIdxAt = -1;
    spatialLayers = 0;
  }

  /** One layer of this size from here on. */
  void height(int width, int height) {
    spatialLayers = 1;
    Arrays.fill(heights, 0);
    heights[0] = Math.min(width, height);
  }

  public VideoCodec codec() {
    return codec;
  }

  public boolean keyFrameStart() {
    return keyFrameStart;
  }

  public boolean frameStart() {
    return frameStart;
  }

  /** Whether the frame needs none of an earlier picture. */
  public boolean isKeyPicture() {
    return keyPicture;
  }

  /** Whether frames of higher spatial layers of the same picture may need this one. */
  public boolean isUpperReference() {
    return upperReference;
  }

  public int spatialId() {
    return spatialId;
  }

  public int temporalId() {
    return temporalId;
  }

  /** How many spatial layers the stream has from this packet on, 0 when it does not say. */
  public int spatialLayers() {
    return spatialLayers;
  }

  /** The shorter side of a layer's pictures, 0 while unknown. */
  public int height(int spatialId) {
    return heights[spatialId];
  }

  /** Writes a picture ID in the width that the packet has. */
  void writePictureId(byte[] b, int pictureId) {
    if (pictureIdAt < 0) {
      return;
    }
    if (pictureIdMask == 0x7f) {
      b[pictureIdAt] = (byte) (pictureId & 0x7f);
    } else {
      BigEndian.put16(b, pictureIdAt, 0x8000 | (pictureId & 0x7fff));
    }
  }

  void writeTl0PicIdx(byte[] b, int tl0PicIdx) {
    if (tl0PicIdxAt >= 0) {
      b[tl0PicIdxAt] = (byte) tl0PicIdx;
    }
  }
}
