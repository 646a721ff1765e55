package org.meetjar.bridge;

import java.util.Map;
import org.meetjar.channel.TextChannel;
import org.meetjar.colibri.MediaKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acts on what the clients of one conference say on their bridge channels. */
final class ChannelDispatch {
  private static final Logger log = LoggerFactory.getLogger(ChannelDispatch.class);

  /** Above this many endpoints statistics go only to those who see their sender. */
  private static final int SMALL_CONFERENCE = 20;

  private final Map<String, Endpoint> endpoints;
  private final SpeakerRanking speakers;
  private final VideoAllocator video;
  private final AudioRouting audio;
  private final BridgeMetrics metrics;

  ChannelDispatch(
      Map<String, Endpoint> endpoints,
      SpeakerRanking speakers,
      VideoAllocator video,
      AudioRouting audio,
      BridgeMetrics metrics) {
    this.endpoints = endpoints;
    this.speakers = speakers;
    this.video = video;
    this.audio = audio;
    this.metrics = metrics;
  }

  void opened(Endpoint endpoint, TextChannel channel, long nanos) {
    endpoint.channel(channel, nanos);
    endpoint.send(ChannelMessageWriter.serverHello());
    if (!speakers.dominant().isEmpty()) {
      endpoint.send(
          ChannelMessageWriter.dominantSpeaker(speakers.dominant(), speakers.previous(), false));
    }
    for (Endpoint other : endpoints.values()) {
      if (!other.active) {
        endpoint.send(ChannelMessageWriter.connectivity(other.id, false));
      }
    }
    endpoint.mapped().ifPresent(MappedStreams::repeat);
    audio.route(endpoint, nanos);
    video.repeatFor(endpoint, nanos);
    video.changed(endpoint);
  }

  void message(Endpoint endpoint, ChannelMessage message, long nanos) {
    endpoint.heard(nanos);
    if (message instanceof ChannelMessage.Hello) {
      endpoint.send(ChannelMessageWriter.serverHello());
    } else if (message instanceof ChannelMessage.VideoConstraints constraints) {
      endpoint.wishes.apply(constraints.change());
      video.changed(endpoint);
    } else if (message instanceof ChannelMessage.LastN lastN) {
      endpoint.wishes.lastN(lastN.lastN());
      video.changed(endpoint);
    } else if (message instanceof ChannelMessage.AudioWishes wishes) {
      endpoint.audio = wishes.subscription();
      audio.route(endpoint, nanos);
    } else if (message instanceof ChannelMessage.VideoType type) {
      videoType(endpoint, type);
    } else if (message instanceof ChannelMessage.ForEndpoints relayed) {
      relay(endpoint, relayed);
    } else if (message instanceof ChannelMessage.Statistics statistics) {
      statistics(endpoint, statistics);
    } else if (message instanceof ChannelMessage.Refused refused) {
      metrics.channelMessagesRefused.increment();
      log.debug("{}: a message on the bridge channel was refused: {}", endpoint.id, refused.why());
    }
  }

  private void videoType(Endpoint endpoint, ChannelMessage.VideoType type) {
    for (Source source : endpoint.uplink.sources.values()) {
      boolean meant = type.source().isEmpty() || type.source().equals(source.name);
      if (source.kind == MediaKind.VIDEO && meant) {
        if (source.videoKind() != type.kind()) {
          source.videoKind(type.kind());
          video.changed();
        }
        return;
      }
    }
  }

  private void relay(Endpoint from, ChannelMessage.ForEndpoints message) {
    String text = ChannelMessageWriter.from(message.whole(), from.id);
    if (message.to().isEmpty()) {
      for (Endpoint other : endpoints.values()) {
        if (other != from) {
          other.send(text);
        }
      }
    } else {
      Endpoint to = endpoints.get(message.to());
      if (to != null) {
        to.send(text);
      }
    }
  }

  private void statistics(Endpoint from, ChannelMessage.Statistics message) {
    String text = ChannelMessageWriter.from(message.whole(), from.id);
    boolean small = endpoints.size() <= SMALL_CONFERENCE;
    for (Endpoint other : endpoints.values()) {
      if (other != from && (small || sees(other, from))) {
        other.send(text);
      }
    }
  }

  private static boolean sees(Endpoint receiver, Endpoint sender) {
    for (Source source : sender.uplink.sources.values()) {
      if (receiver.forwardedSources.contains(source.name)) {
        return true;
      }
    }
    return false;
  }

  /** Says something to everybody. */
  void broadcast(String text) {
    endpoints.values().forEach(endpoint -> endpoint.send(text));
  }
}
