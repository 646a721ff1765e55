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
 * @param totalBitsPerSecond what all allocations may carry together
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
    long totalBitsPerSecond,
    Duration credentialLifetime) {
  private static final int MANY = 60_000;
  private static final long LEAST_BITS = 64_000;

  static TurnSettings from(Config config, MemoryPlan plan) {
    int lowest = Values.port(config, "turn.lowest-relay-port");
    int highest = Values.port(config, "turn.highest-relay-port");
    if (highest < lowest || (lowest == 0 && highest != 0)) {
      throw Values.wrong(
          config, "turn.highest-relay-port", "no less than turn.lowest-relay-port, and 0 with it");
    }
    Duration lifetime = config.getDuration("turn.credential-lifetime");
    if (lifetime.toSeconds() < 1) {
      throw Values.wrong(config, "turn.credential-lifetime", "a time such as 24 hours");
    }
    return new TurnSettings(
        config.getBoolean("turn.enabled"),
        Values.port(config, "turn.port"),
        lowest,
        highest,
        Values.number(config, "turn.max-allocations", 1, MANY, plan.allocations()),
        Values.number(config, "turn.allocations-per-session", 1, MANY),
        Values.number(config, "turn.allocations-per-address", 1, MANY),
        bits(config, "turn.bits-per-second"),
        bits(config, "turn.total-bits-per-second"),
        lifetime);
  }

  private static long bits(Config config, String key) {
    long bits = config.getLong(key);
    if (bits < LEAST_BITS) {
      throw Values.wrong(config, key, "a number of bits from " + LEAST_BITS);
    }
    return bits;
  }
}
