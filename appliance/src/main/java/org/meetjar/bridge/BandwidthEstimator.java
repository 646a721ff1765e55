package org.meetjar.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.meetjar.congestion.SendSideEstimator;

/**
 * What one receiver's downlink carries: estimated by us from transport-wide feedback, or told by a
 * receiver that gives none (REMB). Without either nothing limits. Owned by the conference's loop.
 */
final class BandwidthEstimator {
  /**
   * What is believed at first: pictures at once, but no flood for a narrow link. Where more is
   * wished for, the first probes find it a few round trips later.
   */
  static final long START_BPS = 1_000_000;

  /** What IPv4, UDP and the cipher add to a packet. */
  static final int OVERHEAD_BYTES = 20 + 8 + 16;

  private final SendSideEstimator sendSide = new SendSideEstimator(START_BPS);
  private boolean transportWide;
  private boolean canProbe;
  private long wishBps;
  private long toldBps = Long.MAX_VALUE;

  /** Whether packets to the receiver carry transport-wide numbers. */
  void transportWide(boolean transportWide) {
    this.transportWide = transportWide;
  }

  /**
   * A packet was given to the transport.
   *
   * @param transportSequence modulo 65536
   */
  void sent(int transportSequence, int bytes, long nanos) {
    sendSide.sent(transportSequence, bytes + OVERHEAD_BYTES, nanos);
  }

  /**
   * The receiver said what became of a packet.
   *
   * @param arrivalMicros on the receiver's clock, or -1 if it did not arrive
   */
  void feedback(int transportSequence, long arrivalMicros) {
    sendSide.feedback(transportSequence, arrivalMicros);
  }

  /** A feedback packet has been read to its end. */
  void feedbackEnd(long nanos) {
    sendSide.feedbackEnd(nanos);
  }

  /** The receiver says what it takes its downlink to carry. */
  void told(long bps) {
    toldBps = bps;
  }

  /** What goes with time. */
  void tick(long nanos) {
    if (transportWide) {
      sendSide.tick(nanos);
    }
  }

  /** What there is to send, on the wire and with the margin without which it would not be sent. */
  void wish(long bps) {
    wishBps = bps;
    if (canProbe) {
      sendSide.wish(bps);
    }
  }

  /** There are packets that may be sent again as probes from now on. */
  void canProbe() {
    if (!canProbe) {
      canProbe = true;
      wish(wishBps);
    }
  }

  boolean isProbing() {
    return transportWide && sendSide.isProbing();
  }

  /** Bytes that a probe wants sent now beside what is sent anyway. */
  int probeBytesDue(long nanos) {
    return sendSide.probeBytesDue(nanos);
  }

  /** What may be sent, on the wire; {@link Long#MAX_VALUE} if there is no sign of a limit. */
  long limitBps() {
    return transportWide ? sendSide.targetBps() : toldBps;
  }

  /** Until a packet that leaves now is heard of: what is asked for again before is on its way. */
  long roundTripNanos() {
    return transportWide ? sendSide.roundTripNanos() : 0;
  }

  Map<String, Object> debugState(long nanos) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("limit_bps", limitBps());
    if (transportWide) {
      state.putAll(sendSide.debugState(nanos));
    }
    return state;
  }
}
