package org.meetjar.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meetjar.config.BridgeSettings;
import org.meetjar.config.StreamSettings;
import org.meetjar.config.TransportSettings;
import org.meetjar.transport.UdpTransports;

/** The made-up call goes all the way, leaves nothing behind, and gives way. */
class WarmUpTest {
  private static final BridgeSettings SETTINGS =
      new BridgeSettings(
          Duration.ofSeconds(8),
          Duration.ofMinutes(1),
          10,
          100,
          10,
          8 << 20,
          65536,
          new StreamSettings(10, 50, 50));

  @Test
  void goesThroughTheWholePathAndLeavesNoTraceInTheCounters() throws Exception {
    try (UdpTransports transports = UdpTransports.open(TransportSettings.onAnyPort(1))) {
      transports.start();
      WarmUp.Report report = WarmUp.talk(transports, SETTINGS, () -> true);
      assertThat(report.completed()).isTrue();
      assertThat(report.bridge())
          .containsEntry("conferences_created", 3L)
          .hasEntrySatisfying("packets_out", count -> assertThat(count).isGreaterThan(5_000))
          .hasEntrySatisfying("packets_recovered", count -> assertThat(count).isPositive())
          .hasEntrySatisfying("nacks_answered", count -> assertThat(count).isPositive())
          .hasEntrySatisfying("encoding_switches", count -> assertThat(count).isPositive())
          .containsEntry("packets_malformed", 0L)
          .containsEntry("rtcp_malformed", 0L);
      assertThat(transports.counters().get(0).packetsIn()).isZero();
      assertThat(transports.size()).isZero();
    }
  }

  @Test
  void givesWayWhenSomebodyComes() throws Exception {
    try (UdpTransports transports = UdpTransports.open(TransportSettings.onAnyPort(1))) {
      transports.start();
      AtomicInteger asked = new AtomicInteger();
      WarmUp.Report report = WarmUp.talk(transports, SETTINGS, () -> asked.incrementAndGet() < 30);
      assertThat(report.completed()).isFalse();
      assertThat(report.bridge().get("conferences_created")).isEqualTo(1);
    }
  }
}
