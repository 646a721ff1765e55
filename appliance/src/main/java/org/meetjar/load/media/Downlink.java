package org.meetjar.load.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meetjar.load.check.Mark;
import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionReader;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.rtp.Rtx;
import org.meetjar.rtp.SsrcTable;
import org.meetjar.rtp.TccFeedbackWriter;
import org.meetjar.srtp.SrtpReceiver;

/**
 * What one client is sent, and what it tells the server about it: transport-wide feedback, NACKs,
 * key frame requests, receiver reports. Belongs to the media thread.
 */
final class Downlink {
  private static final long TRANSPORT_NANOS = Duration.ofMillis(100).toNanos();
  private static final long EXPIRY_NANOS = Duration.ofMillis(200).toNanos();

  private final Negotiation negotiation;
  private final SrtpReceiver srtp;
  private final Tally tally;
  private final int ssrc;
  private final boolean opensAll;
  private final SsrcTable<Incoming> streams = new SsrcTable<>();
  private final List<Incoming> all = new ArrayList<>();
  private final Map<Integer, Integer> repairs = new HashMap<>();
  private final Set<Integer> gone = new HashSet<>();
  private final TccFeedbackWriter transport = new TccFeedbackWriter();
  private final ExtensionReader extensions = new ExtensionReader();
  private final Mark mark = new Mark();
  private final int[] missing = new int[128];
  private boolean rewritten;
  private long lastTransportNanos;
  private long lastExpiryNanos;
  private long connectedNanos;

  /**
   * @param ssrc ours, for reports
   * @param opensAll whether every payload is decrypted and checked
   */
  Downlink(
      Negotiation negotiation,
      SrtpReceiver srtp,
      Tally tally,
      int ssrc,
      boolean opensAll,
      long now) {
    this.negotiation = negotiation;
    this.srtp = srtp;
    this.tally = tally;
    this.ssrc = ssrc;
    this.opensAll = opensAll;
    connectedNanos = now;
  }

  /** Sources of others, that may come from now on. */
  void expect(Map<Integer, Integer> newRepairs, List<Integer> video, long nanos) {
    repairs.putAll(newRepairs);
    for (int each : video) {
      gone.remove(each);
      if (streams.get(each) == null) {
        add(each, true, Math.max(nanos, connectedNanos));
      }
    }
  }

  /**
   * The server says who comes on some streams from now on.
   *
   * @param senders by SSRC, as in {@link Mark#sender(String)}
   */
  void announced(Map<Integer, Integer> senders, boolean video, long nanos) {
    rewritten = true;
    all.forEach(Incoming::expectAnnouncement);
    senders.forEach((ssrc, sender) -> stream(ssrc, video, nanos).announced(sender));
  }

  /** Sources that are gone. */
  void forget(List<Integer> ssrcs) {
    for (int each : ssrcs) {
      gone.add(each);
      Incoming stream = streams.get(each);
      if (stream != null) {
        streams.remove(each);
        all.remove(stream);
      }
    }
  }

  void await(int videoSsrc, int layer, long nanos) {
    Incoming stream = streams.get(videoSsrc);
    if (stream != null) {
      stream.await(layer, nanos);
    }
  }

  void rtp(byte[] b, int length, long nanos) {
    int payloadType = RtpHeader.payloadType(b, 0);
    int opened = length;
    boolean opens = opensAll || payloadType == negotiation.rtx();
    if (opens) {
      opened = srtp.unprotectRtp(b, 0, length);
      if (opened < 0) {
        tally.undecryptable += opened == SrtpReceiver.REPLAYED ? 0 : 1;
        return;
      }
    } else {
      opened -= 16;
    }
    if (opens && !RtpHeader.isValid(b, 0, opened)) {
      tally.undecryptable++;
      return;
    }
    boolean audio = payloadType == negotiation.opus();
    int id = (audio ? negotiation.audio() : negotiation.video()).id(ExtensionKind.TRANSPORT_CC);
    int transportSequence = extensions.value(b, 0, id, 2);
    if (transportSequence >= 0) {
      transport.received(transportSequence, nanos);
    }
    if (!gone.isEmpty() && gone.contains(RtpHeader.ssrc(b, 0))) {
      return;
    }
    if (audio) {
      tally.audioReceived.add(opened);
      stream(RtpHeader.ssrc(b, 0), false, nanos).packet(b, 0, opened, false, opens, mark, nanos);
    } else if (payloadType == negotiation.vp8()) {
      tally.videoReceived.add(opened);
      stream(RtpHeader.ssrc(b, 0), true, nanos).packet(b, 0, opened, false, opens, mark, nanos);
    } else if (payloadType == negotiation.rtx()) {
      repair(b, opened, nanos);
    }
  }

  private void repair(byte[] b, int length, long nanos) {
    Integer media = repairs.get(RtpHeader.ssrc(b, 0));
    if (media == null || !Rtx.unwrap(b, 0, length, media, negotiation.vp8())) {
      tally.paddingReceived.add(length);
      return;
    }
    tally.repairsReceived.add(length);
    Incoming stream = streams.get(media);
    if (stream != null) {
      stream.packet(b, 2, length - 2, true, opensAll, mark, nanos);
    }
  }

  private Incoming stream(int ssrc, boolean video, long nanos) {
    Incoming stream = streams.get(ssrc);
    return stream == null ? add(ssrc, video, nanos) : stream;
  }

  private Incoming add(int ssrc, boolean video, long nanos) {
    Incoming stream = new Incoming(ssrc, video, tally, nanos);
    streams.put(ssrc, stream);
    all.add(stream);
    if (rewritten) {
      stream.expectAnnouncement();
    }
    return stream;
  }

  void senderReport(int source, long ntp, int rtp, long nanos) {
    Incoming stream = streams.get(source);
    if (stream != null) {
      stream.clock.report(ntp, rtp, nanos);
    }
  }

  /** Says what is due. */
  void tick(Uplink uplink, RtcpWriter rtcp, long roundTripNanos, long nanos) {
    begin(rtcp);
    for (int i = 0; i < all.size(); i++) {
      Incoming stream = all.get(i);
      if (!stream.video) {
        continue;
      }
      if (stream.nacks.isWaiting()) {
        int count = stream.nacks.collect(nanos, roundTripNanos, missing);
        if (rtcp.nack(ssrc, stream.ssrc, missing, count)) {
          tally.nacksSent += count;
        }
      }
      if (stream.takeKeyFrameRequest(nanos) && rtcp.pictureLoss(ssrc, stream.ssrc)) {
        tally.keyFramesAsked++;
      }
    }
    if (rtcp.length() > 8) {
      uplink.rtcp(rtcp);
    }
    if (nanos - lastTransportNanos >= TRANSPORT_NANOS && transport.hasNews()) {
      lastTransportNanos = nanos;
      transport(uplink, rtcp);
    }
    if (nanos - lastExpiryNanos >= EXPIRY_NANOS) {
      lastExpiryNanos = nanos;
      for (int i = 0; i < all.size(); i++) {
        all.get(i).expire(nanos);
      }
    }
  }

  private void transport(Uplink uplink, RtcpWriter rtcp) {
    int source = all.isEmpty() ? 0 : all.get(0).ssrc;
    begin(rtcp);
    while (rtcp.transportFeedback(transport, ssrc, source)) {
      uplink.rtcp(rtcp);
      begin(rtcp);
    }
  }

  /** Writes receiver reports, as many compound packets as it takes. */
  void report(Uplink uplink, RtcpWriter rtcp, String cname, long nanos) {
    begin(rtcp);
    for (Incoming stream : all) {
      if (stream.statistics.isEmpty()) {
        continue;
      }
      stream.statistics.closeInterval();
      int delay =
          stream.clock.isKnown()
              ? (int) ((nanos - stream.clock.arrivalNanos()) / 1000 * 65536 / 1_000_000)
              : 0;
      int last = stream.clock.lastReport();
      if (!rtcp.reportBlock(stream.ssrc, stream.statistics, last, delay)) {
        rtcp.description(ssrc, cname);
        uplink.rtcp(rtcp);
        begin(rtcp);
        rtcp.reportBlock(stream.ssrc, stream.statistics, last, delay);
      }
    }
    rtcp.description(ssrc, cname);
    uplink.rtcp(rtcp);
  }

  private void begin(RtcpWriter rtcp) {
    rtcp.clear();
    rtcp.receiverReport(ssrc);
  }
}
