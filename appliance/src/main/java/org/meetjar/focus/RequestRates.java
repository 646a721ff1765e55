package org.meetjar.focus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meetjar.loop.Loop;

/**
 * Keeps each address to its share of conference requests: a burst, then one per interval. Addresses
 * that were not heard of for longest are forgotten first.
 */
final class RequestRates {
  /** Addresses whose rate is known; each keeps some 200 bytes. */
  private static final int MAX_ADDRESSES = 10_000;

  private final Loop loop;
  private final long intervalNanos;
  private final long burstNanos;

  /** By address, the time up to which its share is used. */
  private final Map<String, Long> usedUntil =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  RequestRates(Loop loop, int burst, Duration interval) {
    this.loop = loop;
    this.intervalNanos = interval.toNanos();
    this.burstNanos = interval.toNanos() * burst;
  }

  boolean accept(String address) {
    long now = loop.nanoTime();
    long used = usedUntil.getOrDefault(address, now);
    if (used - now < 0) {
      used = now;
    }
    if (used + intervalNanos - now > burstNanos) {
      return false;
    }
    usedUntil.put(address, used + intervalNanos);
    return true;
  }
}
