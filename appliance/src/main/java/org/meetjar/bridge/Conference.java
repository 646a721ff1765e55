package org.meetjar.bridge;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.meetjar.channel.TextChannel;
import org.meetjar.colibri.MediaKind;
import org.meetjar.config.BridgeSettings;
import org.meetjar.config.StreamSettings;
import org.meetjar.loop.Loop;
import org.meetjar.transport.MediaLoop;

/**
 * The endpoints of one conference and what happens between them. Everything here runs on its media
 * loop.
 */
final class Conference {
  private static final Duration TICK = Duration.ofMillis(50);

  /** While nobody sends anything: waking up for nothing is what silent meetings cost. */
  private static final Duration QUIET_TICK = Duration.ofMillis(250);

  private static final long QUIET_AFTER_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long URGENT_NANOS = Duration.ofMillis(10).toNanos();
  private static final long SPEAKER_NANOS = Duration.ofMillis(300).toNanos();
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long STATS_NANOS = Duration.ofSeconds(10).toNanos();

  /** How loud somebody is taken for whose packets don't say: like a quiet voice. */
  private static final int UNKNOWN_LEVEL = 80;

  /** How long an endpoint may take to be heard of first. */
  private static final long FIRST_SIGN_NANOS = Duration.ofSeconds(15).toNanos();

  /** Hears when an endpoint or the whole conference has ended. */
  interface Listener {
    void endpointGone(Conference conference, Endpoint endpoint);

    void conferenceGone(Conference conference);
  }

  final String meetingId;
  final String name;
  final MediaLoop loop;
  final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  final MediaResources resources;
  final int audioSsrc;
  final int videoSsrc;
  final SpeakerRanking speakers = new SpeakerRanking();
  final VideoAllocator video = new VideoAllocator(endpoints, speakers);
  final ChannelDispatch channels;
  private final AudioRouting audio;
  private final BridgeSettings settings;
  private final Listener listener;
  private final Loop.Timer turnEnd;
  private Loop.Timer ticker;
  private final long createdNanos;
  private boolean used;
  private boolean gone;

  /** Nobody has sent anything lately: at the last tick, nor the loop's other conferences since. */
  private boolean quiet;

  /** The loop's count of packets at the last tick. */
  private long mediaSeen;

  private long lastUrgentNanos;
  private long lastDecisionNanos;
  private long lastSecondNanos;
  private long lastStatsNanos;

  Conference(
      String meetingId,
      String name,
      MediaLoop loop,
      MediaResources resources,
      BridgeSettings settings,
      RandomGenerator random,
      Listener listener) {
    this.meetingId = meetingId;
    this.name = name;
    this.loop = loop;
    this.resources = resources;
    this.settings = settings;
    this.listener = listener;
    audioSsrc = random.nextInt(1, Integer.MAX_VALUE);
    videoSsrc = random.nextInt(1, Integer.MAX_VALUE);
    audio = new AudioRouting(endpoints, settings.streams());
    channels = new ChannelDispatch(endpoints, speakers, video, audio, resources.metrics);
    long now = loop.nanoTime();
    createdNanos = now;
    lastDecisionNanos = now;
    lastSecondNanos = now;
    lastStatsNanos = now;
    turnEnd = loop.onTurnEnd(this::turnEnd);
    ticker = loop.schedule(TICK, this::tick);
    resources.log.debug("conference {} begins", meetingId);
  }

  boolean isGone() {
    return gone;
  }

  /** How many streams each receiver gets. */
  StreamSettings streams() {
    return settings.streams();
  }

  void add(Endpoint endpoint) {
    used = true;
    endpoints.put(endpoint.id, endpoint);
    speakers.add(endpoint.id);
    audio.route(endpoint, loop.nanoTime());
    video.changed(endpoint);
    resources.log.debug("{} in {}: joined", endpoint.id, meetingId);
  }

  void remove(Endpoint endpoint, String why) {
    endpoints.remove(endpoint.id);
    speakers.remove(endpoint.id);
    for (Source source : endpoint.uplink.sources.values()) {
      forget(source);
    }
    endpoint.close();
    listener.endpointGone(this, endpoint);
    video.left(endpoint);
    resources.log.debug("{} in {}: {}", endpoint.id, meetingId, why);
  }

  /** A new source has come. */
  void sourceAdded(Source source) {
    if (source.kind == MediaKind.AUDIO) {
      audio.added(source, loop.nanoTime());
    } else {
      video.changed();
    }
  }

  /** A source has ended; its endpoint takes it from its uplink. */
  void forget(Source source) {
    long now = loop.nanoTime();
    for (Endpoint receiver : endpoints.values()) {
      receiver.downlink.remove(source);
      receiver.mapped().ifPresent(mapped -> mapped.forget(source, now));
    }
    if (source.kind == MediaKind.AUDIO) {
      audio.removed(source);
    } else {
      video.removed(source);
    }
  }

  /**
   * A packet of audio has come.
   *
   * @param level 0 (silence) to 127, or -1 if it does not say
   * @return whether anybody may hear it
   */
  boolean level(Source source, int level, long nanos) {
    if (level >= 0) {
      speakers.level(source.owner, level, nanos);
    }
    return audio.packet(source, level < 0 ? UNKNOWN_LEVEL : level, nanos);
  }

  void channelOpened(Endpoint endpoint, TextChannel channel) {
    if (endpoints.get(endpoint.id) == endpoint) {
      channels.opened(endpoint, channel, loop.nanoTime());
    } else {
      channel.close(1001, "left");
    }
  }

  void channelMessage(Endpoint endpoint, TextChannel channel, ChannelMessage message) {
    if (endpoint.isOn(channel)) {
      channels.message(endpoint, message, loop.nanoTime());
    }
  }

  private void turnEnd() {
    long now = loop.nanoTime();
    video.runIfChanged(now);
    quiet &= resources.mediaIn == mediaSeen;
    if (!quiet && now - lastUrgentNanos >= URGENT_NANOS) {
      lastUrgentNanos = now;
      for (Endpoint endpoint : endpoints.values()) {
        endpoint.urgent(now);
      }
    }
  }

  private void tick() {
    if (gone) {
      return;
    }
    long now = loop.nanoTime();
    quiet = isQuiet(now);
    mediaSeen = resources.mediaIn;
    ticker = loop.schedule(quiet ? QUIET_TICK : TICK, this::tick);
    for (Endpoint endpoint : endpoints.values()) {
      endpoint.tick(now);
    }
    video.tick(now);
    if (now - lastDecisionNanos >= SPEAKER_NANOS) {
      lastDecisionNanos = now;
      if (speakers.decide(now)) {
        channels.broadcast(
            ChannelMessageWriter.dominantSpeaker(speakers.dominant(), speakers.previous(), false));
        video.changed();
      }
    }
    if (now - lastSecondNanos >= SECOND_NANOS) {
      lastSecondNanos = now;
      everySecond(now);
    }
    if (now - lastStatsNanos >= STATS_NANOS) {
      lastStatsNanos = now;
      for (Endpoint endpoint : endpoints.values()) {
        endpoint.send(ChannelMessageWriter.connectionStats(endpoint.downlink.shownBps(now)));
      }
    }
  }

  /** Whether nobody has come or sent media lately. */
  private boolean isQuiet(long now) {
    for (Endpoint endpoint : endpoints.values()) {
      Uplink uplink = endpoint.uplink;
      long last = uplink.hasReceived() ? uplink.lastMediaNanos() : endpoint.createdNanos;
      if (now - last < QUIET_AFTER_NANOS) {
        return false;
      }
    }
    return true;
  }

  private void everySecond(long now) {
    for (Endpoint endpoint : endpoints.values().toArray(Endpoint[]::new)) {
      endpoint.uplink.expireCaches(now);
      if (now - endpoint.lastSignOfLifeNanos() >= settings.expireAfter().toNanos()) {
        resources.metrics.endpointsExpired.increment();
        remove(endpoint, "expired");
      } else {
        connectivity(endpoint, now);
      }
    }
    if (endpoints.isEmpty() && (used || now - createdNanos >= settings.expireAfter().toNanos())) {
      end();
    }
  }

  /** Tells the others when an endpoint has fallen silent, and when it is back. */
  private void connectivity(Endpoint endpoint, long now) {
    long last = endpoint.transport().lastActivityNanos();
    boolean active =
        last == 0
            ? now - endpoint.createdNanos < FIRST_SIGN_NANOS
            : now - last < settings.inactiveAfter().toNanos();
    if (active != endpoint.active) {
      endpoint.active = active;
      channels.broadcast(ChannelMessageWriter.connectivity(endpoint.id, active));
      resources.log.info("{} room={} endpoint={}", active ? "back" : "silent", name, endpoint.id);
    }
  }

  /** Ends the conference and everything in it. */
  void end() {
    if (gone) {
      return;
    }
    gone = true;
    ticker.cancel();
    turnEnd.cancel();
    for (Endpoint endpoint : endpoints.values().toArray(Endpoint[]::new)) {
      remove(endpoint, "left");
    }
    listener.conferenceGone(this);
    resources.log.debug("conference {} ends", meetingId);
  }

  Map<String, Object> debugState() {
    long now = loop.nanoTime();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("name", name);
    state.put("speakers", speakers.ranked());
    state.put("dominant", speakers.dominant());
    Map<String, Object> all = new LinkedHashMap<>();
    endpoints.forEach((id, endpoint) -> all.put(id, endpoint.debugState(now)));
    state.put("endpoints", all);
    return state;
  }
}
