package org.meetjar.bridge;

import java.time.Duration;
import org.meetjar.rtp.EncodingProjection;
import org.meetjar.rtp.RtcpWriter;

/**
 * One stream as its receiver knows it: an SSRC with everything that has to go on, whichever source
 * is on it. The numbers of the packets themselves are handed on from projection to projection.
 */
final class OutgoingStream {
  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

  final int ssrc;

  /** For retransmissions, 0 if there is none. */
  final int rtxSsrc;

  private final String cname;
  private int rtxSequence;
  private EncodingProjection projection;
  private int packets;
  private int octets;
  private boolean reported;
  private long lastReportNanos;

  /**
   * @param cname what the stream's source descriptions say, RFC 3550 section 6.5.1
   * @param firstRtxSequence of the retransmissions
   */
  OutgoingStream(int ssrc, int rtxSsrc, String cname, int firstRtxSequence) {
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
    this.cname = cname;
    rtxSequence = firstRtxSequence;
  }

  /** From now on packets come through this projection; it goes on where the last one stopped. */
  void carry(EncodingProjection next) {
    if (projection != null) {
      next.follow(projection);
    }
    projection = next;
  }

  int nextRtxSequence() {
    return rtxSequence++ & 0xffff;
  }

  void sent(int payloadOctets) {
    packets++;
    octets += payloadOctets;
  }

  int packets() {
    return packets;
  }

  boolean reportIsDue(long nanos) {
    return packets > 0 && (!reported || nanos - lastReportNanos >= REPORT_NANOS);
  }

  /** Appends a sender report; false if it does not fit. */
  boolean report(RtcpWriter rtcp, long ntp, int rtp, long nanos) {
    if (!rtcp.senderReport(ssrc, ntp, rtp, packets, octets)) {
      return false;
    }
    rtcp.description(ssrc, cname);
    reported = true;
    lastReportNanos = nanos;
    return true;
  }
}
