package org.meetjar.bridge;

import java.time.Duration;
import java.util.List;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.transport.Transport;

/**
 * What we tell a sender about its packets: receiver reports, transport-wide feedback, NACKs and key
 * frame requests.
 */
final class UplinkFeedback {
  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long TRANSPORT_NANOS = Duration.ofMillis(50).toNanos();

  /** In {@link #TRANSPORT_NANOS}: what 500 kbit/s are, or sound alone. */
  private static final int FEW_PACKETS = 16;

  private static final double DEFAULT_ROUND_TRIP_MS = 100;

  /** Between requests for key frames of one encoding, and the same when this loop is behind. */
  private static final long KEY_FRAME_GAP = Duration.ofMillis(200).toNanos();

  private static final long KEY_FRAME_GAP_BEHIND = Duration.ofSeconds(1).toNanos();

  /** How much longer an answer takes then. */
  private static final long WAITING_BEHIND = Duration.ofMillis(150).toNanos();

  private final Uplink uplink;
  private final MediaResources resources;
  private final Transport transport;
  private final int ssrc;
  private final String cname;
  private final int[] missing = new int[128];
  private long lastReportNanos;
  private long lastTransportNanos;

  /**
   * @param ssrc ours
   */
  UplinkFeedback(
      Uplink uplink, MediaResources resources, Transport transport, int ssrc, String cname) {
    this.uplink = uplink;
    this.resources = resources;
    this.transport = transport;
    this.ssrc = ssrc;
    this.cname = cname;
  }

  /** What cannot wait: NACKs and key frame requests that are due. */
  void urgent(long nanos) {
    RtcpWriter rtcp = resources.rtcp;
    boolean begun = false;
    boolean behind = transport.loop().isBehind();
    List<Encoding> encodings = uplink.encodings;
    for (int i = 0; i < encodings.size(); i++) {
      Encoding encoding = encodings.get(i);
      if (!encoding.wantsKeyFrame() && !encoding.nacks.isWaiting()) {
        continue;
      }
      if (!begun) {
        begin(rtcp);
        begun = true;
      }
      nack(encoding, behind, nanos);
      keyFrame(encoding, behind, nanos);
    }
    if (begun && rtcp.length() > 8) {
      transport.sendRtcp(rtcp.bytes(), 0, rtcp.length());
    }
  }

  private void keyFrame(Encoding encoding, boolean behind, long nanos) {
    if (encoding.takeKeyFrameRequest(behind ? KEY_FRAME_GAP_BEHIND : KEY_FRAME_GAP, nanos)) {
      resources.rtcp.pictureLoss(ssrc, encoding.ssrc);
      resources.metrics.keyFramesRequested.increment();
    }
  }

  /**
   * Asks for what is missing; for a key frame in its place when that is more than may be asked for.
   */
  private void nack(Encoding encoding, boolean behind, long nanos) {
    if (!encoding.nacks.isWaiting()) {
      return;
    }
    double roundTrip = transport.roundTripMs();
    long nanosOfTrip = (long) ((roundTrip < 0 ? DEFAULT_ROUND_TRIP_MS : roundTrip) * 1e6);
    // What comes again has to wait before our own door, too.
    nanosOfTrip += behind ? WAITING_BEHIND : 0;
    int count = encoding.nacks.collect(nanos, nanosOfTrip, missing);
    if (!uplink.asked.take(count) || !resources.asked.take(count)) {
      encoding.nacks.abandon();
      resources.metrics.nacksAbandoned.add(count);
      if (encoding.isForwarded()) {
        encoding.wantKeyFrame();
      }
    } else if (resources.rtcp.nack(ssrc, encoding.ssrc, missing, count)) {
      resources.metrics.nacksSent.add(count);
    }
  }

  /** What is sent at intervals. */
  void periodic(long nanos) {
    urgent(nanos);
    if (isTransportFeedbackDue(nanos)) {
      lastTransportNanos = nanos;
      transportFeedback();
    }
    if (nanos - lastReportNanos >= REPORT_NANOS && uplink.hasReceived()) {
      lastReportNanos = nanos;
      report(nanos);
    }
  }

  /** Half as often for a sender that sends little: it loses nothing by that, and we wake less. */
  private boolean isTransportFeedbackDue(long nanos) {
    long since = nanos - lastTransportNanos;
    return uplink.transportFeedback.hasNews()
        && since >= TRANSPORT_NANOS
        && (uplink.transportFeedback.newsCount() >= FEW_PACKETS || since >= 2 * TRANSPORT_NANOS);
  }

  private void transportFeedback() {
    RtcpWriter rtcp = resources.rtcp;
    int source = uplink.encodings.isEmpty() ? 0 : uplink.encodings.get(0).ssrc;
    boolean more = true;
    while (more) {
      begin(rtcp);
      more = rtcp.transportFeedback(uplink.transportFeedback, ssrc, source);
      if (more) {
        transport.sendRtcp(rtcp.bytes(), 0, rtcp.length());
      }
    }
  }

  private void report(long nanos) {
    RtcpWriter rtcp = resources.rtcp;
    begin(rtcp);
    for (Encoding encoding : uplink.encodings) {
      if (!encoding.statistics.isEmpty()) {
        encoding.statistics.closeInterval();
        rtcp.reportBlock(
            encoding.ssrc,
            encoding.statistics,
            encoding.clock.lastReport(),
            encoding.clock.isKnown() ? delay(nanos - encoding.clock.arrivalNanos()) : 0);
      }
    }
    rtcp.description(ssrc, cname);
    transport.sendRtcp(rtcp.bytes(), 0, rtcp.length());
  }

  private static int delay(long nanos) {
    return (int) (nanos / 1000 * 65536 / 1_000_000);
  }

  private void begin(RtcpWriter rtcp) {
    rtcp.clear();
    rtcp.receiverReport(ssrc);
  }
}
