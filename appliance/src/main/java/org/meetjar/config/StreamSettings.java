package org.meetjar.config;

import com.typesafe.config.Config;

/**
 * How many streams a participant gets.
 *
 * @param loudestSpeakers how many are heard at once; 0 for everybody
 * @param audioStreams at most, for clients that let the bridge rewrite SSRCs
 * @param videoStreams the same
 */
public record StreamSettings(int loudestSpeakers, int audioStreams, int videoStreams) {
  private static final int MANY = 1000;

  /** How many a client can hear at once that lets the bridge rewrite SSRCs. */
  public int audibleAtOnce() {
    return loudestSpeakers > 0 ? Math.min(loudestSpeakers, audioStreams) : audioStreams;
  }

  static StreamSettings from(Config config) {
    return new StreamSettings(
        Values.number(config, "bridge.loudest-speakers", 0, MANY),
        Values.number(config, "bridge.audio-streams", 1, MANY),
        Values.number(config, "bridge.video-streams", 1, MANY));
  }
}
