package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * The focus's settings.
 *
 * @param aloneTimeout how long the session of a participant who is alone is kept
 * @param startTimeout how long a conference that nobody has entered yet is kept
 * @param emptyGrace how long a conference whose last participant left is kept for a return
 * @param iqTimeout how long a client or the bridge may take to answer
 * @param maxConferences conferences at one time; each keeps about 10 kB and 5 kB per participant
 * @param requestBurst conference requests that one address may send at once
 * @param requestInterval time after which an address that has used its burst may ask once more
 * @param maxSsrcs SSRCs that one participant may announce
 * @param maxSsrcGroups SSRC groups that one participant may announce
 * @param restartInterval least time between two restarts that one participant asks for
 * @param restartsPerMinute restarts that one participant may ask for in a minute
 * @param startAudioMuted participants after so many are asked to join with the microphone off; -1
 *     for never
 * @param startVideoMuted the same for cameras
 * @param sourceDelays how long changes of sources are collected, by the number of participants
 * @param loginLifetime how long a login that is not used is remembered
 * @param maxLogins logins that are remembered; each keeps about 500 bytes
 * @param ssrcRewriting whether the bridge rewrites SSRCs for clients that know how
 * @param codecs what clients are offered
 */
public record FocusSettings(
    Duration aloneTimeout,
    Duration startTimeout,
    Duration emptyGrace,
    Duration iqTimeout,
    int maxConferences,
    int requestBurst,
    Duration requestInterval,
    int maxSsrcs,
    int maxSsrcGroups,
    Duration restartInterval,
    int restartsPerMinute,
    int startAudioMuted,
    int startVideoMuted,
    List<SourceDelay> sourceDelays,
    Duration loginLifetime,
    int maxLogins,
    boolean ssrcRewriting,
    CodecSettings codecs) {

  public FocusSettings {
    sourceDelays = List.copyOf(sourceDelays);
  }

  /** In conferences of at least {@code from} participants, source changes wait {@code delay}. */
  public record SourceDelay(int from, Duration delay) {}

  /** The delay for a conference of that many participants. */
  public Duration sourceDelay(int participants) {
    Duration delay = Duration.ZERO;
    int best = 0;
    for (SourceDelay step : sourceDelays) {
      if (participants >= step.from() && step.from() > best) {
        best = step.from();
        delay = step.delay();
      }
    }
    return delay;
  }

  static FocusSettings from(Config config, MemoryPlan plan) {
    return new FocusSettings(
        config.getDuration("focus.alone-timeout"),
        config.getDuration("focus.start-timeout"),
        config.getDuration("focus.empty-grace"),
        config.getDuration("focus.iq-timeout"),
        Values.number(config, "focus.max-conferences", 0, 1_000_000, plan.conferences()),
        config.getInt("focus.request-burst"),
        config.getDuration("focus.request-interval"),
        config.getInt("focus.max-ssrcs"),
        config.getInt("focus.max-ssrc-groups"),
        config.getDuration("focus.restart-interval"),
        config.getInt("focus.restarts-per-minute"),
        config.getInt("focus.start-audio-muted"),
        config.getInt("focus.start-video-muted"),
        config.getConfigList("focus.source-delays").stream()
            .map(step -> new SourceDelay(step.getInt("from"), step.getDuration("delay")))
            .toList(),
        config.getDuration("focus.login-lifetime"),
        config.getInt("focus.max-logins"),
        config.getBoolean("focus.ssrc-rewriting"),
        CodecSettings.from(config));
  }
}
