package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.MediaKind;
import org.meetjar.config.StreamSettings;

/**
 * Who hears whom in one conference: those who are loudest, as far as a receiver wants them. A
 * receiver with {@link MappedStreams} has streams for no more than that anyway; the others get
 * everybody where the setting says so.
 */
final class AudioRouting {
  private final Map<String, Endpoint> endpoints;
  private final LoudestSpeakers loudest;
  private final boolean limited;

  AudioRouting(Map<String, Endpoint> endpoints, StreamSettings settings) {
    this.endpoints = endpoints;
    limited = settings.loudestSpeakers() > 0;
    int places = limited ? settings.loudestSpeakers() : settings.audioStreams();
    loudest = new LoudestSpeakers(places, this::changed);
  }

  void added(Source source, long nanos) {
    loudest.add(source, nanos);
    if (!loudest.isAudible(source)) {
      changed(source, false, nanos);
    }
  }

  void removed(Source source) {
    loudest.remove(source);
  }

  /**
   * A packet has come.
   *
   * @param level 0 (silence) to 127
   * @return whether anybody may get it
   */
  boolean packet(Source source, int level, long nanos) {
    return loudest.packet(source, level, nanos) || !limited;
  }

  private void changed(Source source, boolean audible, long nanos) {
    for (Endpoint receiver : endpoints.values()) {
      if (!receiver.id.equals(source.owner)) {
        if (receiver.mapped().isEmpty()) {
          boolean wanted = (audible || !limited) && receiver.audio.wants(source.name);
          allocate(receiver, source, wanted, nanos);
        } else if (audible && receiver.audio.wants(source.name)) {
          receiver.mapped().get().hear(List.of(source), nanos);
        } else {
          receiver.mapped().get().silence(source, nanos);
        }
      }
    }
  }

  private static void allocate(Endpoint receiver, Source source, boolean wanted, long nanos) {
    Forwarding forwarding = receiver.downlink.forwarding(source);
    if (wanted) {
      forwarding.start(nanos);
    } else {
      forwarding.stop(nanos);
    }
  }

  /** A receiver has come, can be told of streams now, or wants to hear others. */
  void route(Endpoint receiver, long nanos) {
    List<Source> audible = new ArrayList<>();
    for (Endpoint sender : endpoints.values()) {
      if (sender != receiver) {
        for (Source source : sender.uplink.sources.values()) {
          if (source.kind == MediaKind.AUDIO) {
            boolean heard = loudest.isAudible(source) && receiver.audio.wants(source.name);
            if (receiver.mapped().isEmpty()) {
              boolean wanted = heard || (!limited && receiver.audio.wants(source.name));
              allocate(receiver, source, wanted, nanos);
            } else if (heard) {
              audible.add(source);
            } else {
              receiver.mapped().get().silence(source, nanos);
            }
          }
        }
      }
    }
    receiver.mapped().ifPresent(mapped -> mapped.hear(audible, nanos));
  }
}
