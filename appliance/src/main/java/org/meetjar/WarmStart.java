package org.meetjar;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.meetjar.bridge.Bridge;
import org.meetjar.config.BridgeSettings;
import org.meetjar.loop.Loop;
import org.meetjar.transport.UdpTransports;
import org.meetjar.warmup.WarmUp;

/** Makes the first call as fast as the others; whoever comes meanwhile goes before. */
final class WarmStart {
  /** When whoever started the appliance has looked at its page. */
  private static final Duration AFTER = Duration.ofSeconds(1);

  /** Warming up yields to so many participants; with more every moment of a core counts. */
  private static final int FEW_PARTICIPANTS = 16;

  private final UdpTransports transports;
  private final Bridge bridge;
  private final BridgeSettings settings;
  private final BooleanSupplier running;

  /**
   * @param running no once the appliance is closed
   */
  WarmStart(
      UdpTransports transports, Bridge bridge, BridgeSettings settings, BooleanSupplier running) {
    this.transports = transports;
    this.bridge = bridge;
    this.settings = settings;
    this.running = running;
  }

  /** On a thread of its own, in a moment. */
  void soon(Loop loop) {
    loop.schedule(AFTER, this::begin);
  }

  private void begin() {
    BooleanSupplier fewAreHere =
        () -> bridge.endpointCount() <= FEW_PARTICIPANTS && running.getAsBoolean();
    BooleanSupplier nobodyIsHere = () -> bridge.endpointCount() == 0 && running.getAsBoolean();
    Thread warming =
        new Thread(() -> WarmUp.run(transports, settings, fewAreHere, nobodyIsHere), "warm-up");
    warming.setDaemon(true);
    warming.start();
  }
}
