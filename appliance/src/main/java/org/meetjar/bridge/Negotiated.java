package org.meetjar.bridge;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.HeaderExtension;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.PayloadType;
import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.rtp.VideoCodec;

/** The payload types and header extensions in use with one endpoint. Immutable. */
final class Negotiated {
  static final Negotiated NOTHING = new Negotiated(List.of());

  private static final int NONE = -1;

  private final MediaKind[] kinds = new MediaKind[128];
  private final VideoCodec[] codecs = new VideoCodec[128];
  private final boolean[] nack = new boolean[128];
  private final boolean[] red = new boolean[128];
  private final byte[] repairs = new byte[128];
  private final byte[] repairedBy = new byte[128];
  private ExtensionMap audioExtensions = ExtensionMap.EMPTY;
  private ExtensionMap videoExtensions = ExtensionMap.EMPTY;
  private ExtensionMap plainExtensions = ExtensionMap.EMPTY;
  private final Map<MediaKind, MediaDescription> media = new EnumMap<>(MediaKind.class);
  private int audioClockRate = 48_000;

  private Negotiated(Collection<MediaDescription> media) {
    Arrays.fill(codecs, VideoCodec.OTHER);
    Arrays.fill(repairs, (byte) NONE);
    Arrays.fill(repairedBy, (byte) NONE);
    for (MediaDescription description : media) {
      description.payloadTypes().forEach(type -> payloadType(description.kind(), type));
      Map<String, Integer> ids = new HashMap<>();
      for (HeaderExtension extension : description.headerExtensions()) {
        ids.put(extension.uri(), extension.id());
      }
      if (description.kind() == MediaKind.AUDIO) {
        audioExtensions = new ExtensionMap(ids);
      } else {
        videoExtensions = new ExtensionMap(ids);
        ids.remove(ExtensionKind.DEPENDENCY_DESCRIPTOR.uri());
        plainExtensions = new ExtensionMap(ids);
      }
      this.media.put(description.kind(), description);
    }
  }

  /** What is in use once these kinds of media have been negotiated anew. */
  Negotiated with(List<MediaDescription> changed) {
    Map<MediaKind, MediaDescription> all = new EnumMap<>(MediaKind.class);
    all.putAll(media);
    changed.forEach(description -> all.put(description.kind(), description));
    return new Negotiated(all.values());
  }

  private void payloadType(MediaKind kind, PayloadType type) {
    int id = type.id();
    if (id < 0 || id > 127) {
      return;
    }
    kinds[id] = kind;
    codecs[id] = VideoCodec.of(type.name());
    nack[id] = type.feedback().contains("nack");
    red[id] = kind == MediaKind.AUDIO && type.name().equalsIgnoreCase("red");
    if (kind == MediaKind.AUDIO && type.name().equalsIgnoreCase("opus")) {
      audioClockRate = type.clockRate();
    }
    if (type.name().equalsIgnoreCase("rtx")) {
      int apt = number(type.parameters().getOrDefault("apt", ""));
      if (apt >= 0 && apt < 128) {
        repairs[id] = (byte) apt;
        repairedBy[apt] = (byte) id;
      }
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return NONE;
    }
  }

  /** Whether packets of this kind may have this payload type. */
  boolean has(MediaKind kind, int payloadType) {
    return kinds[payloadType] == kind;
  }

  VideoCodec codec(int payloadType) {
    return codecs[payloadType];
  }

  /** Whether packets carry sound twice, RFC 2198. */
  boolean isRed(int payloadType) {
    return red[payloadType];
  }

  /** Whether generic NACKs are in use. */
  boolean usesNack(int payloadType) {
    return nack[payloadType];
  }

  /** The payload type that a retransmission payload type repairs, or -1. */
  int repairs(int rtxPayloadType) {
    return repairs[rtxPayloadType];
  }

  /** The payload type for retransmissions, or -1. */
  int repairedBy(int payloadType) {
    return repairedBy[payloadType];
  }

  ExtensionMap extensions(MediaKind kind) {
    return kind == MediaKind.AUDIO ? audioExtensions : videoExtensions;
  }

  /**
   * The extensions to be passed on with packets of a codec. Codecs that say themselves what the
   * dependency descriptor says go without it: not every receiver would get it, and nobody would
   * have it rewritten.
   */
  ExtensionMap extensions(MediaKind kind, VideoCodec codec) {
    return kind == MediaKind.AUDIO || codec.readsDependencyDescriptor()
        ? extensions(kind)
        : plainExtensions;
  }

  int clockRate(MediaKind kind) {
    return kind == MediaKind.AUDIO ? audioClockRate : 90_000;
  }
}
