package org.meetjar.rtp;

import java.util.Locale;

/** The codecs whose packets the bridge looks into, to forward some frames and not others. */
public enum VideoCodec {
  /** Sound, and whatever else is passed on as it comes. */
  OTHER,
  VP8,
  VP9,
  H264,
  AV1;

  /** The codec of a payload type's name as negotiated, such as {@code vp8}. */
  public static VideoCodec of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "vp8" -> VP8;
      case "vp9" -> VP9;
      case "h264" -> H264;
      case "av1" -> AV1;
      default -> OTHER;
    };
  }

  /** Whether the dependency descriptor of a packet says more than its payload. */
  public boolean readsDependencyDescriptor() {
    return this == AV1 || this == H264;
  }

  /** Whether each frame names those that it needs, so that any may be left out without a trace. */
  boolean numbersFrames() {
    return this == VP9 || this == AV1;
  }
}
