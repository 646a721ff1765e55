package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bridge's settings.
 *
 * @param inactiveAfter an endpoint that sent nothing for so long is reported to the others as not
 *     connected
 * @param expireAfter an endpoint without any sign of life for so long is dropped
 */
public record BridgeSettings(Duration inactiveAfter, Duration expireAfter) {
  static BridgeSettings from(Config config) {
    return new BridgeSettings(
        config.getDuration("bridge.inactive-after"), config.getDuration("bridge.expire-after"));
  }
}
