package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.colibri.Colibri;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.ColibriError.Reason;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.config.BridgeSettings;
import org.meetjar.rtp.CacheBudget;
import org.meetjar.transport.MediaLoop;
import org.meetjar.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SFU of this server. May be used from any thread; each conference runs on one media loop, the
 * first that is not busy when it begins.
 */
public final class Bridge implements Colibri {
  /** The bridge's name in the paths of bridge channels. */
  public static final String SERVER_ID = "bridge";

  /** One media loop, and how many endpoints it has. */
  private record Lane(MediaLoop loop, MediaResources resources, AtomicInteger endpoints) {}

  /** A conference's place; the conference itself belongs to the lane's loop. */
  private static final class Slot {
    final Lane lane;
    Conference conference;

    Slot(Lane lane) {
      this.lane = lane;
    }
  }

  /** From this share of its time on, a loop gets no further conference if there is another one. */
  private static final double BUSY = 0.5;

  /** The same, for conferences that come so fast that their load is not felt yet. */
  private static final int MANY = 60;

  private final BridgeSettings settings;
  private final RandomGenerator random;
  private final BridgeMetrics metrics = new BridgeMetrics();
  private final CacheBudget budget;
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();
  private final Map<MediaLoop, Lane> laneByLoop = new ConcurrentHashMap<>();
  private final AtomicInteger endpoints = new AtomicInteger();
  private final ChannelDirectory channels;
  private final ConferenceRequests requests;
  private volatile boolean shuttingDown;

  /**
   * @param webSocketBase where clients reach the web server, such as {@code
   *     wss://meet.example.org}, without the path
   * @param random secure: the bridge channels' secrets come from it
   */
  public Bridge(
      BridgeSettings settings,
      Transport.Factory transports,
      String webSocketBase,
      RandomGenerator random) {
    this(settings, transports, webSocketBase, random, LoggerFactory.getLogger(Bridge.class));
  }

  /**
   * As the other constructor, for conferences that nobody wants to read of.
   *
   * @param log where joins, leaves and failures are told
   */
  public Bridge(
      BridgeSettings settings,
      Transport.Factory transports,
      String webSocketBase,
      RandomGenerator random,
      Logger log) {
    this.settings = settings;
    this.random = random;
    budget = new CacheBudget(settings.cacheBytes());
    for (MediaLoop loop : transports.loops()) {
      Lane lane = new Lane(loop, new MediaResources(budget, metrics, log), new AtomicInteger());
      lanes.add(lane);
      laneByLoop.put(loop, lane);
    }
    channels = new ChannelDirectory(settings.maxMessageLength());
    requests =
        new ConferenceRequests(
            new EndpointMaker(transports, webSocketBase, random, channels, this::takePlace));
  }

  @Override
  public void modify(ConferenceModify request, Consumer<ColibriReply> answer) {
    Slot slot = slots.get(request.meetingId());
    if (slot != null) {
      slot.lane.loop().execute(() -> apply(slot, request, answer));
      return;
    }
    Optional<ColibriError> refusal = refusal(request);
    if (refusal.isPresent()) {
      answer.accept(refusal.get());
      return;
    }
    Slot made = new Slot(laneForOneMore());
    Slot before = slots.putIfAbsent(request.meetingId(), made);
    if (before == null) {
      made.lane.loop().execute(() -> create(made, request, answer));
    } else {
      before.lane.loop().execute(() -> apply(before, request, answer));
    }
  }

  private Optional<ColibriError> refusal(ConferenceModify request) {
    if (!request.create() || request.expire()) {
      return Optional.of(error(Reason.CONFERENCE_NOT_FOUND, "no such conference"));
    }
    if (shuttingDown) {
      return Optional.of(error(Reason.GRACEFUL_SHUTDOWN, "the bridge is shutting down"));
    }
    if (!ConferenceRequests.ID.matcher(request.meetingId()).matches()) {
      return Optional.of(error(Reason.BAD_REQUEST, "the meeting id is malformed"));
    }
    if (slots.size() >= settings.maxConferences()) {
      metrics.endpointsRefused.increment();
      return Optional.of(error(Reason.OVERLOADED, "no room for another conference"));
    }
    return Optional.empty();
  }

  private void create(Slot slot, ConferenceModify request, Consumer<ColibriReply> answer) {
    slot.conference =
        new Conference(
            request.meetingId(),
            request.name(),
            slot.lane.loop(),
            slot.lane.resources(),
            settings,
            random,
            new Books(slot));
    metrics.conferencesCreated.increment();
    answer.accept(requests.apply(slot.conference, request, true));
  }

  private void apply(Slot slot, ConferenceModify request, Consumer<ColibriReply> answer) {
    if (slot.conference.isGone()) {
      modify(request, answer);
    } else if (request.create()) {
      answer.accept(error(Reason.CONFERENCE_ALREADY_EXISTS, "the conference exists"));
    } else {
      answer.accept(requests.apply(slot.conference, request, false));
    }
  }

  /**
   * Where a new conference goes: to the first loop that is not busy, so that one core does all as
   * long as one suffices and packets arrive where they belong; to the least loaded when all are.
   */
  private Lane laneForOneMore() {
    Lane least = lanes.get(0);
    for (Lane lane : lanes) {
      boolean ready = lane == lanes.get(0) || lane.loop().begin();
      if (ready && lane.loop().load() < BUSY && lane.endpoints().get() < MANY) {
        return lane;
      }
      if (ready && lane.endpoints().get() < least.endpoints().get()) {
        least = lane;
      }
    }
    return least;
  }

  /** Takes a place for an endpoint, if there is one. */
  private boolean takePlace(Conference conference) {
    if (conference.endpoints.size() >= settings.maxEndpointsPerConference()
        || endpoints.get() >= settings.maxEndpoints()) {
      metrics.endpointsRefused.increment();
      return false;
    }
    endpoints.incrementAndGet();
    laneByLoop.get(conference.loop).endpoints().incrementAndGet();
    metrics.endpointsCreated.increment();
    return true;
  }

  /** Keeps the books when something ends; called on the conference's loop. */
  private final class Books implements Conference.Listener {
    private final Slot slot;

    Books(Slot slot) {
      this.slot = slot;
    }

    @Override
    public void endpointGone(Conference conference, Endpoint endpoint) {
      endpoints.decrementAndGet();
      slot.lane.endpoints().decrementAndGet();
      channels.remove(conference, endpoint);
    }

    @Override
    public void conferenceGone(Conference conference) {
      slots.remove(conference.meetingId, slot);
    }
  }

  /** Opens bridge channels; for the paths below {@code /colibri-ws/}. */
  public TextChannelAcceptor channels() {
    return channels;
  }

  public BridgeMetrics metrics() {
    return metrics;
  }

  public int conferenceCount() {
    return slots.size();
  }

  public int endpointCount() {
    return endpoints.get();
  }

  /** Bytes that the retransmission caches hold. */
  public long cacheBytes() {
    return budget.usedBytes();
  }

  /** The part of its time that the least busy of the media loops was at work lately, 0 to 1. */
  public double leastLoad() {
    double least = 1;
    for (Lane lane : lanes) {
      least = Math.min(least, lane.loop().load());
    }
    return least;
  }

  /** Takes no new conferences from now on. */
  public void shutDownGracefully() {
    shuttingDown = true;
  }

  /** Ends all conferences. */
  public void close() {
    shuttingDown = true;
    slots.values().forEach(slot -> slot.lane.loop().execute(() -> slot.conference.end()));
  }

  /** All conferences as a tree that can be written as JSON, by meeting id. */
  public CompletableFuture<Map<String, Object>> debugState() {
    Map<String, CompletableFuture<Map<String, Object>>> parts = new LinkedHashMap<>();
    slots.forEach(
        (id, slot) -> {
          CompletableFuture<Map<String, Object>> part = new CompletableFuture<>();
          slot.lane.loop().execute(() -> part.complete(slot.conference.debugState()));
          parts.put(id, part);
        });
    return CompletableFuture.allOf(parts.values().toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              Map<String, Object> all = new LinkedHashMap<>();
              parts.forEach((id, part) -> all.put(id, part.join()));
              return all;
            });
  }

  private static ColibriError error(Reason reason, String text) {
    return new ColibriError(reason, "", text);
  }
}
