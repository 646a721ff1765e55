package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.MediaKind;
import org.meetjar.rtp.EncodingProjection;

/**
 * Decides for a whole conference who gets which video, tells the receivers what they get and the
 * senders what is wanted of them. It runs when something changed, once per turn of the loop.
 */
final class VideoAllocator {
  private final Map<String, Endpoint> endpoints;
  private final SpeakerRanking speakers;
  private final SenderConstraints senders;
  private boolean changed;

  VideoAllocator(Map<String, Endpoint> endpoints, SpeakerRanking speakers) {
    this.endpoints = endpoints;
    this.speakers = speakers;
    senders = new SenderConstraints(this::tellOwner);
  }

  /** Something that matters for who gets what has changed. */
  void changed() {
    changed = true;
  }

  void runIfChanged(long nanos) {
    if (changed) {
      changed = false;
      run(nanos);
    }
  }

  /** What goes with time: estimates, and what senders are asked to stop. */
  void tick(long nanos) {
    senders.tick(nanos);
    for (Endpoint endpoint : endpoints.values()) {
      if (endpoint.downlink.bandwidth().limitBps() != Long.MAX_VALUE) {
        changed = true;
      }
    }
    runIfChanged(nanos);
  }

  private void run(long nanos) {
    Map<String, Source> sources = new HashMap<>();
    List<Allocation.Offer> offers = new ArrayList<>();
    for (String id : speakers.ranked()) {
      Endpoint endpoint = endpoints.get(id);
      if (endpoint != null && !endpoint.uplink.isForceMuted(MediaKind.VIDEO)) {
        offer(endpoint, offers, sources, nanos);
      }
    }
    Map<String, Integer> wanted = new HashMap<>();
    for (Endpoint receiver : endpoints.values()) {
      allocate(receiver, offers, sources, wanted, nanos);
    }
    for (Endpoint endpoint : endpoints.values()) {
      for (Source source : endpoint.uplink.sources.values()) {
        if (source.kind == MediaKind.VIDEO) {
          senders.want(source.name, wanted.getOrDefault(source.name, 0), nanos);
        }
      }
    }
  }

  private static void offer(
      Endpoint endpoint, List<Allocation.Offer> offers, Map<String, Source> sources, long nanos) {
    for (Source source : endpoint.uplink.sources.values()) {
      if (source.kind == MediaKind.VIDEO && source.videoKind() != Source.VideoKind.NONE) {
        sources.put(source.name, source);
        offers.add(
            new Allocation.Offer(
                source.name,
                source.owner,
                source.videoKind() == Source.VideoKind.DESKTOP,
                source.heights(),
                source.bitrates(nanos)));
      }
    }
  }

  private static void allocate(
      Endpoint receiver,
      List<Allocation.Offer> offers,
      Map<String, Source> sources,
      Map<String, Integer> wanted,
      long nanos) {
    List<Allocation.Offer> others =
        offers.stream().filter(offer -> !offer.owner.equals(receiver.id)).toList();
    long budget =
        Math.min(receiver.wishes.assumedBandwidthBps(), receiver.downlink.bandwidth().limitBps());
    Map<String, Allocation.Share> shares = new HashMap<>();
    List<String> forwarded = new ArrayList<>();
    for (Allocation.Share share : Allocation.allocate(receiver.wishes, others, budget)) {
      if (share.encoding() >= 0) {
        String name = share.offer.name;
        shares.put(name, share);
        forwarded.add(name);
        wanted.merge(name, share.wantedHeight(), Math::max);
        receiver.downlink.forwarding(sources.get(name));
      }
    }
    for (Forwarding forwarding : receiver.downlink.forwardings()) {
      if (forwarding.source.kind == MediaKind.VIDEO) {
        Allocation.Share share = shares.get(forwarding.source.name);
        if (share == null) {
          forwarding.allocate(EncodingProjection.NONE, 0, nanos);
        } else {
          forwarding.allocate(share.encoding(), share.temporalLimit(), nanos);
        }
      }
    }
    tell(receiver, forwarded);
  }

  private static void tell(Endpoint receiver, List<String> forwarded) {
    List<String> sorted = forwarded.stream().sorted().toList();
    if (!sorted.equals(receiver.forwardedSources)) {
      receiver.forwardedSources = sorted;
      receiver.send(ChannelMessageWriter.forwardedSources(forwarded));
    }
  }

  private void tellOwner(String source, int height) {
    for (Endpoint endpoint : endpoints.values()) {
      if (endpoint.uplink.sources.containsKey(source)) {
        endpoint.send(ChannelMessageWriter.senderSourceConstraints(source, height));
      }
    }
  }

  /** An endpoint has a new channel: it hears again what is wanted of it. */
  void repeatFor(Endpoint endpoint, long nanos) {
    runIfChanged(nanos);
    for (Source source : endpoint.uplink.sources.values()) {
      if (source.kind == MediaKind.VIDEO) {
        senders.repeat(source.name);
      }
    }
  }

  void removed(Source source) {
    senders.remove(source.name);
    changed = true;
  }
}
