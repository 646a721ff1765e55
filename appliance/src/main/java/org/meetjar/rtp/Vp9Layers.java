package org.meetjar.rtp;

/**
 * Layers of VP9. Spatial layers go up with a key picture; they go down with any picture while the
 * lower layer is whole, that is: while its frames were forwarded because upper ones needed them.
 * Frames of lower layers that no upper one needs are left out. Temporal layers go up behind a
 * switching point (RFC 9628 section 4.2, bit U) and down with any picture.
 */
final class Vp9Layers implements LayerFilter {
  /** While it is not known which layers there are. */
  private static final int ALL = FrameDescription.MAX_SPATIAL_LAYERS;

  private int spatialLimit = FrameDescription.MAX_SPATIAL_LAYERS - 1;
  private int temporalLimit = 7;

  /** The spatial layers that no frame of is missing since the last key picture, a bit each. */
  private int whole;

  /** As the scalability structure has it, 0 while none has come. */
  private int spatialLayers;

  private int picture;

  @Override
  public void limit(int spatial, int temporal) {
    spatialLimit = spatial;
    temporalLimit = temporal;
  }

  @Override
  public int begin(FrameDescription frame, int timestamp) {
    picture = timestamp;
    whole = -1;
    spatialLayers = frame.spatialLayers > 0 ? frame.spatialLayers : spatialLayers;
    return layers(spatialWanted(), temporalLimit);
  }

  private int spatialWanted() {
    return spatialLayers == 0 ? ALL : Math.min(spatialLimit, spatialLayers - 1);
  }

  @Override
  public int advance(FrameDescription frame, int timestamp, int layers) {
    int spatial = spatial(layers);
    int temporal = Math.min(temporal(layers), temporalLimit);
    if (timestamp - picture > 0) {
      picture = timestamp;
      if (frame.keyPicture) {
        return begin(frame, timestamp);
      }
      int wanted = spatialWanted();
      if (wanted < spatial && isWhole(wanted)) {
        spatial = wanted;
      }
    }
    if (frame.switchingPoint && frame.temporalId <= temporal) {
      temporal = temporalLimit;
    }
    int now = layers(spatial, temporal);
    if (frame.temporalId <= temporal && !wants(frame, now)) {
      whole &= ~(1 << frame.spatialId);
    }
    return now;
  }

  private boolean isWhole(int layer) {
    return (whole >> layer & 1) != 0;
  }

  @Override
  public boolean wants(FrameDescription frame, int layers) {
    int spatial = spatial(layers);
    return frame.temporalId <= temporal(layers)
        && (spatial == ALL
            || frame.spatialId == spatial
            || (frame.spatialId < spatial && frame.upperReference));
  }

  @Override
  public boolean isLast(FrameDescription frame, int layers) {
    return frame.frameEnd && frame.spatialId == spatial(layers);
  }

  @Override
  public boolean waitsForKeyFrame(int layers) {
    int spatial = spatial(layers);
    int wanted = spatialWanted();
    return wanted > spatial || (wanted < spatial && !isWhole(wanted));
  }

  private static int layers(int spatial, int temporal) {
    return spatial << 4 | temporal;
  }

  private static int spatial(int layers) {
    return layers >> 4;
  }

  private static int temporal(int layers) {
    return layers & 0x0f;
  }
}
