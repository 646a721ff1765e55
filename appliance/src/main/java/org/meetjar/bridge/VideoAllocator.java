package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meetjar.colibri.MediaKind;

/**
 * Decides for a whole conference who gets which video, tells the receivers what they get and the
 * senders what is wanted of them. It runs when something changed, at most once per turn of the
 * loop, for those receivers whom it concerns; for all of them in large conferences not more often
 * than their number allows.
 */
final class VideoAllocator {
  /** Ten times what a decision about one source for one receiver costs: the rest after it. */
  private static final long PAIR_NANOS = 10_000;

  /** Below this there is no need to rest. */
  private static final int FEW_PAIRS = 1_000;

  private final Map<String, Endpoint> endpoints;
  private final SpeakerRanking speakers;
  private final SenderConstraints senders;

  /** The heights that each receiver wants of its sources. */
  private final Map<Endpoint, Map<String, Integer>> wishes = new IdentityHashMap<>();

  private final Map<String, Endpoint> owners = new HashMap<>();
  private final Set<Endpoint> concerned = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean everybody;
  private boolean rests;
  private long restsUntilNanos;

  VideoAllocator(Map<String, Endpoint> endpoints, SpeakerRanking speakers) {
    this.endpoints = endpoints;
    this.speakers = speakers;
    senders = new SenderConstraints(this::tellOwner);
  }

  /** Something has changed that matters for all receivers. */
  void changed() {
    everybody = true;
  }

  /** Something has changed that matters for this receiver. */
  void changed(Endpoint receiver) {
    concerned.add(receiver);
  }

  /** A receiver has gone. */
  void left(Endpoint receiver) {
    concerned.remove(receiver);
    wishes.remove(receiver);
    everybody = true;
  }

  void runIfChanged(long nanos) {
    boolean all = everybody && (!rests || nanos - restsUntilNanos >= 0);
    if (all || !concerned.isEmpty()) {
      List<Endpoint> receivers = List.copyOf(all ? endpoints.values() : concerned);
      everybody &= !all;
      concerned.clear();
      run(receivers, nanos);
      if (all) {
        int pairs = receivers.size() * receivers.size();
        rests = pairs > FEW_PAIRS;
        restsUntilNanos = nanos + PAIR_NANOS * pairs;
      }
    }
  }

  /** What goes with time: estimates, and what senders are asked to stop. A few times per second. */
  void tick(long nanos) {
    senders.tick(nanos);
    for (Endpoint endpoint : endpoints.values()) {
      if (endpoint.downlink.video.isDueAnew(nanos)) {
        changed(endpoint);
      }
    }
    runIfChanged(nanos);
  }

  private void run(List<Endpoint> receivers, long nanos) {
    Map<String, Source> sources = new HashMap<>();
    List<Allocation.Offer> offers = new ArrayList<>();
    for (String id : speakers.ranked()) {
      Endpoint endpoint = endpoints.get(id);
      if (endpoint != null && !endpoint.uplink.isForceMuted(MediaKind.VIDEO)) {
        offer(endpoint, offers, sources, nanos);
      }
    }
    for (Endpoint receiver : receivers) {
      wishes.put(receiver, allocate(receiver, offers, sources, nanos));
    }
    Map<String, Integer> wanted = new HashMap<>();
    for (Map<String, Integer> each : wishes.values()) {
      each.forEach((name, height) -> wanted.merge(name, height, Math::max));
    }
    for (Endpoint endpoint : endpoints.values()) {
      for (Source source : endpoint.uplink.sources.values()) {
        if (source.kind == MediaKind.VIDEO) {
          owners.put(source.name, endpoint);
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

  /** Gives the heights that the receiver wants of the sources that it gets. */
  private static Map<String, Integer> allocate(
      Endpoint receiver, List<Allocation.Offer> offers, Map<String, Source> sources, long nanos) {
    List<Allocation.Offer> others =
        offers.stream().filter(offer -> !offer.owner.equals(receiver.id)).toList();
    Map<String, Allocation.Share> shares = new HashMap<>();
    List<Source> chosen = new ArrayList<>();
    for (Allocation.Share share :
        receiver.downlink.video.allocate(receiver.wishes, others, nanos)) {
      if (share.encoding() >= 0) {
        shares.put(share.offer.name, share);
        chosen.add(sources.get(share.offer.name));
      }
    }
    receiver.show(chosen, nanos);
    List<String> forwarded = new ArrayList<>();
    Map<String, Integer> wanted = new HashMap<>();
    for (Source source : chosen) {
      if (receiver.downlink.present(source) != null) {
        forwarded.add(source.name);
        wanted.put(source.name, shares.get(source.name).wantedHeight());
      }
    }
    for (Forwarding forwarding : receiver.downlink.forwardings()) {
      if (forwarding.source.kind == MediaKind.VIDEO) {
        Allocation.Share share = shares.get(forwarding.source.name);
        if (share == null) {
          forwarding.stop(nanos);
        } else {
          forwarding.allocate(share.encoding(), share.temporalLimit(), share.isScarce(), nanos);
        }
      }
    }
    tell(receiver, forwarded);
    return wanted;
  }

  private static void tell(Endpoint receiver, List<String> forwarded) {
    List<String> sorted = forwarded.stream().sorted().toList();
    if (!sorted.equals(receiver.forwardedSources)) {
      receiver.forwardedSources = sorted;
      receiver.send(ChannelMessageWriter.forwardedSources(forwarded));
    }
  }

  private void tellOwner(String source, int height) {
    Endpoint owner = owners.get(source);
    if (owner != null) {
      owner.send(ChannelMessageWriter.senderSourceConstraints(source, height));
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
    owners.remove(source.name);
    wishes.values().forEach(each -> each.remove(source.name));
    everybody = true;
  }
}
