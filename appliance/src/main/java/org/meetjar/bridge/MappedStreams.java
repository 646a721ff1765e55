package org.meetjar.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.meetjar.bridge.StreamSlots.Slot;
import org.meetjar.colibri.MediaKind;
import org.meetjar.config.StreamSettings;

/**
 * What one receiver gets that lets the bridge rewrite SSRCs: the sources of the others on a bounded
 * number of streams of the bridge's own. The receiver is told on its bridge channel which source a
 * stream stands for before the first packet of it; without a channel nothing new is put on any
 * stream.
 */
final class MappedStreams {
  private static final long NEGOTIATION_NANOS = Duration.ofMillis(300).toNanos();

  private final Endpoint endpoint;
  private final StreamSettings settings;
  private final IntSupplier ssrcs;
  private final StreamSlots audio = new StreamSlots(() -> stream(MediaKind.AUDIO));
  private final StreamSlots video = new StreamSlots(() -> stream(MediaKind.VIDEO));
  private final Map<String, Source> shown = new LinkedHashMap<>();
  private final Set<Integer> given = new HashSet<>();

  /** Microphones on streams that are being negotiated, and until when. */
  private final Map<Source, Long> awaited = new LinkedHashMap<>();

  private final int audioLimit;

  /**
   * @param ssrcs gives random ones
   */
  MappedStreams(Endpoint endpoint, StreamSettings settings, IntSupplier ssrcs) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.ssrcs = ssrcs;
    audioLimit = settings.audibleAtOnce();
  }

  private OutgoingStream stream(MediaKind kind) {
    int ssrc = freshSsrc();
    int rtx = kind == MediaKind.VIDEO ? freshSsrc() : 0;
    return endpoint.downlink.stream(ssrc, rtx, Integer.toHexString(ssrc));
  }

  /** One that stands for nothing else in what this receiver sends and gets. */
  private int freshSsrc() {
    int ssrc = ssrcs.getAsInt();
    while (ssrc == 0 || isOwn(ssrc & 0xffffffffL) || !given.add(ssrc)) {
      ssrc = ssrcs.getAsInt();
    }
    return ssrc;
  }

  private boolean isOwn(long ssrc) {
    return endpoint.uplink.sources.values().stream().anyMatch(own -> own.ssrcs().contains(ssrc));
  }

  /**
   * Puts these videos on streams and takes the others off.
   *
   * @param videos in order of importance; where there are too many, the last stay out
   * @param lastN how many the receiver wants at most
   */
  void show(List<Source> videos, int lastN, long nanos) {
    Set<String> wanted = new HashSet<>();
    videos.forEach(source -> wanted.add(source.name));
    shown
        .values()
        .removeIf(
            source -> {
              boolean rests = !wanted.contains(source.name);
              if (rests) {
                rest(video, source, nanos);
              }
              return rests;
            });
    List<Slot> changed = new ArrayList<>();
    int limit = Math.min(lastN, settings.videoStreams());
    for (Source source : thoseInPlaceFirst(videos)) {
      if (place(video, source, limit, changed, nanos) != null) {
        shown.put(source.name, source);
      }
    }
    if (!changed.isEmpty()) {
      endpoint.send(ChannelMessageWriter.videoSourcesMap(changed));
    }
  }

  /**
   * Puts these microphones on streams. On a new stream sound begins when the client has had time to
   * negotiate it: Chromium may never play one whose packets come first.
   */
  void hear(List<Source> microphones, long nanos) {
    List<Slot> changed = new ArrayList<>();
    for (Source source : thoseInPlaceFirst(microphones)) {
      Slot slot = place(audio, source, audioLimit, changed, nanos);
      if (slot != null && slot.age(nanos) < NEGOTIATION_NANOS) {
        awaited.put(source, nanos + NEGOTIATION_NANOS - slot.age(nanos));
      } else if (slot != null) {
        endpoint.downlink.present(source).start(nanos);
      }
    }
    if (!changed.isEmpty()) {
      endpoint.send(ChannelMessageWriter.audioSourcesMap(changed));
    }
  }

  /** Takes a microphone off its stream. */
  void silence(Source source, long nanos) {
    awaited.remove(source);
    rest(audio, source, nanos);
  }

  /** Nobody's stream is taken who needs it again. */
  private List<Source> thoseInPlaceFirst(List<Source> sources) {
    List<Source> ordered = new ArrayList<>(sources);
    ordered.sort(Comparator.comparing(source -> endpoint.downlink.present(source) == null));
    return ordered;
  }

  /** Gives the source's slot, or null if it cannot have one. */
  private Slot place(StreamSlots slots, Source source, int limit, List<Slot> changed, long nanos) {
    if (endpoint.downlink.present(source) == null && !endpoint.hasChannel()) {
      return null;
    }
    Slot slot = slots.take(source, limit, changed, nanos);
    if (slot != null && endpoint.downlink.present(source) == null) {
      endpoint.downlink.forward(source, slot.stream);
    }
    return slot;
  }

  private void rest(StreamSlots slots, Source source, long nanos) {
    slots.rest(source.name, nanos);
    Forwarding forwarding = endpoint.downlink.present(source);
    if (forwarding != null) {
      forwarding.stop(nanos);
    }
  }

  /** A source has ended. */
  void forget(Source source, long nanos) {
    shown.remove(source.name);
    awaited.remove(source);
    (source.kind == MediaKind.AUDIO ? audio : video).forget(source.name, nanos);
  }

  /** The receiver has a new channel: it hears everything again. */
  void repeat() {
    tell(video.all(), audio.all());
  }

  /** To be called some times a second. */
  void tick(long nanos) {
    if (!awaited.isEmpty()) {
      awaited
          .entrySet()
          .removeIf(
              each -> {
                boolean due = nanos - each.getValue() >= 0;
                if (due) {
                  endpoint.downlink.present(each.getKey()).start(nanos);
                }
                return due;
              });
    }
    tell(video.takeRepeats(nanos), audio.takeRepeats(nanos));
  }

  private void tell(List<Slot> videos, List<Slot> microphones) {
    if (!videos.isEmpty()) {
      endpoint.send(ChannelMessageWriter.videoSourcesMap(videos));
    }
    if (!microphones.isEmpty()) {
      endpoint.send(ChannelMessageWriter.audioSourcesMap(microphones));
    }
  }

  Map<String, Object> debugState() {
    return Map.of("audio_streams", audio.size(), "video_streams", video.size());
  }
}
