package org.meetjar.bridge;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meetjar.colibri.MediaKind;
import org.meetjar.rtp.MediaPacket;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.SsrcTable;
import org.meetjar.rtp.TccFeedbackReader;
import org.meetjar.transport.Transport;

/** What one endpoint receives: its forwardings, the numbers on its packets, and its feedback. */
final class Downlink implements TccFeedbackReader.Listener, Departure.ProbeSource {
  private static final long REPEAT_WINDOW_NANOS = Duration.ofMillis(100).toNanos();
  private static final int REPEATS_PER_WINDOW = 150;

  final VideoBudget video = new VideoBudget(this);

  private final MediaResources resources;
  private final TccFeedbackReader feedback = new TccFeedbackReader();
  private final Departure departure;
  private final Map<String, Forwarding> forwardings = new LinkedHashMap<>();
  private final SsrcTable<Forwarding> bySsrc = new SsrcTable<>();
  private Transport transport;
  private Negotiated negotiated = Negotiated.NOTHING;
  private boolean connected;
  private int rtxSequenceSeed;

  private long repeatWindowStart;
  private int repeatsInWindow;

  Downlink(MediaResources resources, int seed) {
    this.resources = resources;
    departure = new Departure(resources, seed & 0x7fff, this);
    rtxSequenceSeed = seed >>> 16 & 0x7fff;
  }

  void transport(Transport transport) {
    this.transport = transport;
    departure.transport(transport);
  }

  void negotiated(Negotiated negotiated) {
    this.negotiated = negotiated;
    departure.negotiated(negotiated);
  }

  Negotiated negotiated() {
    return negotiated;
  }

  BridgeMetrics metrics() {
    return resources.metrics;
  }

  BandwidthEstimator bandwidth() {
    return departure.bandwidth();
  }

  boolean isConnected() {
    return connected;
  }

  void connected(long nanos) {
    connected = true;
    forwardings.values().forEach(forwarding -> forwarding.downlinkConnected(nanos));
  }

  /** The forwarding of a source to this endpoint on its own SSRC, made if there is none yet. */
  Forwarding forwarding(Source source) {
    Forwarding forwarding = forwardings.get(source.name);
    return forwarding != null
        ? forwarding
        : forward(source, stream(source.ssrc(), source.rtxSsrc(), source.owner));
  }

  /** A stream for this receiver. */
  OutgoingStream stream(int ssrc, int rtxSsrc, String cname) {
    return new OutgoingStream(ssrc, rtxSsrc, cname, rtxSequenceSeed++ & 0xffff);
  }

  /** Puts a source on a stream; nothing is on it, or what was is taken off. */
  Forwarding forward(Source source, OutgoingStream stream) {
    Forwarding before = bySsrc.get(stream.ssrc);
    if (before != null) {
      remove(before.source);
    }
    Forwarding forwarding = new Forwarding(source, this, stream);
    forwardings.put(source.name, forwarding);
    bySsrc.put(stream.ssrc, forwarding);
    source.forwardings.add(forwarding);
    return forwarding;
  }

  /** The forwarding of a source to this endpoint, or null if there is none. */
  Forwarding present(Source source) {
    return forwardings.get(source.name);
  }

  Collection<Forwarding> forwardings() {
    return forwardings.values();
  }

  /** The source has ended. */
  void remove(Source source) {
    Forwarding forwarding = forwardings.get(source.name);
    if (forwarding != null && forwarding.source == source) {
      forwardings.remove(source.name);
      bySsrc.remove(forwarding.stream.ssrc);
      source.forwardings.remove(forwarding);
    }
  }

  /** The receiver has gone. */
  void close() {
    connected = false;
    departure.close();
    forwardings.values().forEach(forwarding -> forwarding.source.forwardings.remove(forwarding));
    forwardings.clear();
  }

  void send(MediaPacket packet, MediaKind kind, long nanos) {
    departure.send(packet, kind, nanos);
  }

  @Override
  public boolean sendProbe(long nanos) {
    for (Forwarding forwarding : forwardings.values()) {
      if (forwarding.probe(departure, resources.repeated, nanos)) {
        return true;
      }
    }
    return false;
  }

  /** The receiver misses a packet of a stream. */
  void nacked(int ssrc, int sequence, long nanos) {
    resources.metrics.nacksReceived.increment();
    Forwarding forwarding = bySsrc.get(ssrc);
    if (forwarding == null || !connected) {
      return;
    }
    if (nanos - repeatWindowStart >= REPEAT_WINDOW_NANOS) {
      repeatWindowStart = nanos;
      repeatsInWindow = 0;
    }
    if (repeatsInWindow < REPEATS_PER_WINDOW
        && !resources.repeats.isSpent()
        && forwarding.repeat(sequence, resources.repeated, nanos)) {
      resources.repeats.take(1);
      repeatsInWindow++;
      resources.metrics.nacksAnswered.increment();
    }
  }

  /** The receiver wants a key frame. */
  void keyFrameRequested(int ssrc, long nanos) {
    Forwarding forwarding = bySsrc.get(ssrc);
    if (forwarding != null) {
      forwarding.keyFrameRequested(nanos);
    }
  }

  void transportFeedback(byte[] b, int offset, int length, long nanos) {
    if (!feedback.read(b, offset, length, this)) {
      resources.metrics.rtcpMalformed.increment();
    }
    bandwidth().feedbackEnd(nanos);
    departure.follow(nanos);
  }

  /** The receiver has estimated by itself. */
  void estimated(long bps, long nanos) {
    bandwidth().told(bps);
    departure.follow(nanos);
  }

  @Override
  public void status(int sequence, long arrivalMicros) {
    bandwidth().feedback(sequence, arrivalMicros);
  }

  void tick(long nanos) {
    if (connected) {
      bandwidth().tick(nanos);
      departure.follow(nanos);
    }
    RtcpWriter rtcp = resources.rtcp;
    rtcp.clear();
    for (Forwarding forwarding : forwardings.values()) {
      if (forwarding.source.kind == MediaKind.VIDEO) {
        forwarding.select(nanos);
      }
      if (connected && forwarding.reportIsDue(nanos) && !forwarding.report(rtcp, nanos)) {
        transport.sendRtcp(rtcp.bytes(), 0, rtcp.length());
        rtcp.clear();
        forwarding.report(rtcp, nanos);
      }
    }
    if (rtcp.length() > 0) {
      transport.sendRtcp(rtcp.bytes(), 0, rtcp.length());
    }
  }

  long sentBps(long nanos) {
    return departure.sentBps(nanos);
  }

  /** What the downlink carries, as the user is told: what is sent while no limit is known. */
  long shownBps(long nanos) {
    long limit = bandwidth().limitBps();
    return limit == Long.MAX_VALUE ? sentBps(nanos) : limit;
  }

  /** Of sound alone, on the wire. */
  long soundBps(long nanos) {
    return departure.soundBps(nanos);
  }

  /** Packets that are held back for a narrow link. */
  int waitingPackets() {
    return departure.waitingPackets();
  }
}
