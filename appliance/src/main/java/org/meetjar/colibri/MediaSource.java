package org.meetjar.colibri;

import java.util.List;

/**
 * Something that an endpoint sends: a microphone, a camera, a screen.
 *
 * @param name such as {@code aaaa1111-v0}
 * @param videoType what the picture is; {@link VideoType#NONE} for audio
 * @param ssrcs all SSRCs, unsigned 32-bit
 * @param groups their relations
 */
public record MediaSource(
    String name, MediaKind kind, VideoType videoType, List<Long> ssrcs, List<SsrcGroup> groups) {
  public MediaSource {
    ssrcs = List.copyOf(ssrcs);
    groups = List.copyOf(groups);
  }

  public enum VideoType {
    CAMERA,
    DESKTOP,
    NONE
  }

  /**
   * RFC 5576 ssrc-group.
   *
   * @param semantics {@code SIM} (lowest layer first) or {@code FID} (media, retransmission)
   */
  public record SsrcGroup(String semantics, List<Long> ssrcs) {
    public SsrcGroup {
      ssrcs = List.copyOf(ssrcs);
    }
  }
}
