package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The relay's settings.
 *
 * @param port UDP and TCP port; 0 lets the system choose
 * @param lowestRelayPort lower end of the range of relay ports; 0 lets the system choose each
 * @param maxAllocations at a time, in all
 * @param allocationsPerSession at a time, for one set of credentials
 * @param allocationsPerAddress at a time, for one client address
 * @param bitsPerSecond what one allocation may carry in each direction
 * @param credentialLifetime how long credentials can be used to make an allocation
 */
public record TurnSettings(
    boolean enabled,
    int port,
    int lowestRelayPort,
    int highestRelayPort,
    int maxAllocations,
    int allocationsPerSession,
    int allocationsPerAddress,
    long bitsPerSecond,
    Duration credentialLifetime) {
  static TurnSettings from(Config config) {
    return new TurnSettings(
        config.getBoolean("turn.enabled"),
        config.getInt("turn.port"),
        config.getInt("turn.lowest-relay-port"),
        config.getInt("turn.highest-relay-port"),
        config.getInt("turn.max-allocations"),
        config.getInt("turn.allocations-per-session"),
        config.getInt("turn.allocations-per-address"),
        config.getLong("turn.bits-per-second"),
        config.getDuration("turn.credential-lifetime"));
  }
}
