package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.MediaSource.SsrcGroup;
import org.meetjar.rtp.EncodingProjection;
import org.meetjar.rtp.FrameDescription;
import org.meetjar.rtp.SenderReportClock;

/**
 * A microphone, camera or screen of one endpoint: its encodings, lowest first, and those who
 * receive it. Receivers see it on the first encoding's SSRCs.
 */
final class Source {
  private static final int GUESSED_HEIGHT = 720;
  private static final long[] GUESSED_BPS = {200_000, 600_000, 2_000_000, 4_000_000};

  final String name;
  final String owner;
  final MediaKind kind;
  final List<Encoding> encodings = new ArrayList<>();
  final List<Forwarding> forwardings = new ArrayList<>();

  /** By retransmission SSRC. */
  final Map<Integer, Encoding> repairs = new HashMap<>();

  private final List<Long> ssrcs;
  private final List<SsrcGroup> groups;

  /** The receivers' SSRC for retransmissions, 0 if there is none. */
  private int rtxSsrc;

  private MediaSource.VideoType shown = MediaSource.VideoType.NONE;
  private VideoKind videoKind = VideoKind.CAMERA;

  /** What a video source shows. */
  enum VideoKind {
    CAMERA,
    DESKTOP,
    /** Nothing at the moment. */
    NONE
  }

  Source(String owner, MediaSource described, int clockRate, MediaResources resources) {
    this.name = described.name();
    this.owner = owner;
    this.kind = described.kind();
    ssrcs = described.ssrcs();
    groups = described.groups();
    for (long ssrc : layers(described)) {
      encodings.add(new Encoding(this, encodings.size(), (int) ssrc, clockRate, resources));
    }
    for (SsrcGroup group : described.groups()) {
      if (group.semantics().equals("FID") && group.ssrcs().size() == 2) {
        repair((int) (long) group.ssrcs().get(0), (int) (long) group.ssrcs().get(1));
      }
    }
    described(described);
  }

  /** Whether a description is of this source with these SSRCs. */
  boolean isDescribedBy(MediaSource description) {
    return description.name().equals(name)
        && description.kind() == kind
        && description.ssrcs().equals(ssrcs)
        && description.groups().equals(groups);
  }

  /** Takes over what a new description of the same SSRCs says. */
  final void described(MediaSource description) {
    if (description.videoType() != shown) {
      shown = description.videoType();
      videoKind = shown == MediaSource.VideoType.DESKTOP ? VideoKind.DESKTOP : VideoKind.CAMERA;
    }
  }

  List<Long> ssrcs() {
    return ssrcs;
  }

  private static List<Long> layers(MediaSource described) {
    for (SsrcGroup group : described.groups()) {
      if (group.semantics().equals("SIM")) {
        return group.ssrcs();
      }
    }
    for (SsrcGroup group : described.groups()) {
      if (group.semantics().equals("FID")) {
        return group.ssrcs().subList(0, 1);
      }
    }
    return described.ssrcs().subList(0, 1);
  }

  private void repair(int media, int retransmission) {
    for (Encoding encoding : encodings) {
      if (encoding.ssrc == media) {
        repairs.put(retransmission, encoding);
        if (encoding.index == 0) {
          rtxSsrc = retransmission;
        }
      }
    }
  }

  int ssrc() {
    return encodings.get(0).ssrc;
  }

  int rtxSsrc() {
    return rtxSsrc;
  }

  VideoKind videoKind() {
    return videoKind;
  }

  void videoKind(VideoKind videoKind) {
    this.videoKind = videoKind;
  }

  SenderReportClock[] clocks() {
    return encodings.stream().map(encoding -> encoding.clock).toArray(SenderReportClock[]::new);
  }

  /**
   * The encoding whose spatial layers are the source's, or null when its encodings are: a sender
   * that has announced several SSRCs may send all layers on one of them instead.
   */
  private Encoding layered() {
    Encoding latest = null;
    for (int i = 0; i < encodings.size(); i++) {
      Encoding encoding = encodings.get(i);
      boolean later = latest == null || encoding.lastArrivalNanos() - latest.lastArrivalNanos() > 0;
      if (encoding.layers.count() > 1 && later) {
        latest = encoding;
      }
    }
    return latest != null && EncodingSelector.isActive(encodings, latest.index) ? latest : null;
  }

  /** How many layers receivers can be given, counted from the lowest. */
  int layerCount() {
    Encoding layered = layered();
    return layered == null ? encodings.size() : layered.layers.count();
  }

  /**
   * The layer to go to: the best up to the allocated one that is being sent.
   *
   * @return the layer, or {@link EncodingProjection#NONE}
   */
  int select(int allocated) {
    Encoding layered = layered();
    return layered == null || allocated == EncodingProjection.NONE
        ? EncodingSelector.select(encodings, allocated)
        : layered.layers.bestActive(allocated);
  }

  /** The encoding that has a layer. */
  int encodingOf(int layer) {
    Encoding layered = layered();
    return layered == null ? Math.min(layer, encodings.size() - 1) : layered.index;
  }

  /** The spatial layer of its encoding that a layer is. */
  int spatialOf(int layer) {
    return layered() == null ? FrameDescription.MAX_SPATIAL_LAYERS - 1 : layer;
  }

  /** The picture's height per layer: as last seen, else guessed from the others'. */
  int[] heights() {
    Encoding layered = layered();
    int[] heights = new int[layerCount()];
    int known = -1;
    for (int i = 0; i < heights.length; i++) {
      heights[i] = layered != null ? layered.layers.height(i) : encodings.get(i).height();
      known = heights[i] > 0 ? i : known;
    }
    for (int i = 0; i < heights.length; i++) {
      if (heights[i] == 0) {
        int steps = (known >= 0 ? known : heights.length - 1) - i;
        int from = known >= 0 ? heights[known] : GUESSED_HEIGHT;
        heights[i] = steps >= 0 ? from >> steps : from << -steps;
      }
    }
    return heights;
  }

  /** Bits per second per layer: as measured, else what is usual. */
  long[] bitrates(long nanos) {
    Encoding layered = layered();
    long[] bitrates = new long[layerCount()];
    for (int i = 0; i < bitrates.length; i++) {
      long measured =
          layered != null
              ? layered.layers.bitsPerSecond(i, nanos)
              : encodings.get(i).bitrate(nanos);
      bitrates[i] = measured > 0 ? measured : GUESSED_BPS[Math.min(i, GUESSED_BPS.length - 1)];
    }
    return bitrates;
  }

  Map<String, Object> debugState(long nanos) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("name", name);
    state.put("shows", kind == MediaKind.AUDIO ? "audio" : videoKind.name());
    List<Object> layers = new ArrayList<>();
    for (Encoding encoding : encodings) {
      Map<String, Object> layer = new LinkedHashMap<>();
      layer.put("ssrc", encoding.ssrc & 0xffffffffL);
      layer.put("codec", encoding.codec.name());
      layer.put("spatial", encoding.layers.count());
      layer.put("height", encoding.height());
      layer.put("bps", encoding.rate.bitsPerSecond(nanos));
      layer.put("packets", encoding.statistics.received());
      layer.put("lost", encoding.statistics.isEmpty() ? 0 : encoding.statistics.cumulativeLost());
      layer.put("cached", encoding.cache.size());
      layers.add(layer);
    }
    state.put("encodings", layers);
    return state;
  }

  void close() {
    encodings.forEach(encoding -> encoding.cache.clear());
  }
}
