package org.meetjar.rtp;

/** Makes the filters of the codecs whose frames name what they need. */
final class LayerFilters {
  private LayerFilters() {}

  /** The codec's filter; the present one if it is. */
  static LayerFilter of(VideoCodec codec, LayerFilter present) {
    if (codec == VideoCodec.VP9) {
      return present instanceof Vp9Layers ? present : new Vp9Layers();
    }
    return present instanceof DecodeTargets ? present : new DecodeTargets();
  }
}
