package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bridge's settings.
 *
 * @param inactiveAfter an endpoint that sent nothing for so long is reported to the others as not
 *     connected
 * @param expireAfter an endpoint without any sign of life for so long is dropped
 * @param maxConferences how many conferences there may be
 * @param maxEndpoints how many endpoints there may be in all conferences together
 * @param maxEndpointsPerConference how many endpoints one conference may have
 * @param cacheBytes what all retransmission caches together may hold
 * @param maxMessageLength of a message on a bridge channel, in characters
 * @param streams how many streams a participant gets
 */
public record BridgeSettings(
    Duration inactiveAfter,
    Duration expireAfter,
    int maxConferences,
    int maxEndpoints,
    int maxEndpointsPerConference,
    long cacheBytes,
    int maxMessageLength,
    StreamSettings streams) {
  private static final int MANY = 1_000_000;

  static BridgeSettings from(Config config, MemoryPlan plan) {
    Config bridge = config.getConfig("bridge");
    return new BridgeSettings(
        bridge.getDuration("inactive-after"),
        bridge.getDuration("expire-after"),
        Values.number(config, "bridge.max-conferences", 1, MANY, plan.conferences()),
        Values.number(config, "bridge.max-endpoints", 1, MANY, plan.endpoints()),
        bridge.getInt("max-endpoints-per-conference"),
        Values.bytes(config, "bridge.cache", plan.cacheBytes()),
        Math.toIntExact(bridge.getBytes("max-message")),
        StreamSettings.from(config));
  }
}
