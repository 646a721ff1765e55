package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.channel.TextChannel;
import org.meetjar.colibri.MediaKind;
import org.meetjar.rtp.RtcpReader;
import org.meetjar.rtp.RtcpVisitor;
import org.meetjar.transport.Transport;
import org.meetjar.transport.TransportListener;

/** One participant: a transport, what it sends, what it receives, and its bridge channel. */
final class Endpoint implements TransportListener, RtcpVisitor {
  final String id;

  /** What opens the bridge channel. */
  final String secret;

  final Uplink uplink;
  final Downlink downlink;
  final ReceiverConstraints wishes = new ReceiverConstraints();
  final long createdNanos;
  AudioSubscription audio = AudioSubscription.EVERYTHING;

  /** Whether the others were told that it is there. */
  boolean active = true;

  /** How it gets the sources of the others, if the bridge may rewrite SSRCs for it. */
  private Optional<MappedStreams> mapped = Optional.empty();

  /** What it was told last that it receives. */
  List<String> forwardedSources = List.of();

  private final MediaResources resources;
  private final String conference;
  private Transport transport;
  private UplinkFeedback feedback;
  private Optional<TextChannel> channel = Optional.empty();
  private long lastMessageNanos;
  private long nowNanos;

  Endpoint(
      String id,
      String secret,
      String conference,
      Uplink uplink,
      Downlink downlink,
      MediaResources resources,
      long nanos) {
    this.id = id;
    this.secret = secret;
    this.conference = conference;
    this.uplink = uplink;
    this.downlink = downlink;
    this.resources = resources;
    createdNanos = nanos;
    lastMessageNanos = nanos;
  }

  /** To be called once, before anything else. */
  void transport(Transport transport, int bridgeSsrc) {
    this.transport = transport;
    downlink.transport(transport);
    feedback = new UplinkFeedback(uplink, resources, transport, bridgeSsrc, conference);
  }

  Transport transport() {
    return transport;
  }

  /** It lets the bridge rewrite SSRCs; to be called before anything is forwarded. */
  void mapped(MappedStreams streams) {
    mapped = Optional.of(streams);
  }

  Optional<MappedStreams> mapped() {
    return mapped;
  }

  /** Makes forwardings of these videos, most important first, as far as there are streams. */
  void show(List<Source> videos, long nanos) {
    mapped.ifPresentOrElse(
        streams -> streams.show(videos, wishes.maxSources(), nanos),
        () -> videos.forEach(downlink::forwarding));
  }

  void negotiated(Negotiated negotiated) {
    uplink.negotiated(negotiated);
    downlink.negotiated(negotiated);
  }

  @Override
  public void connected() {
    resources.log.debug("{} in {}: connected", id, conference);
    downlink.connected(transport.loop().nanoTime());
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
    uplink.rtp(buffer, offset, length, arrivalNanos);
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
    nowNanos = arrivalNanos;
    if (RtcpReader.read(buffer, offset, length, this) == RtcpReader.Verdict.MALFORMED) {
      resources.metrics.rtcpMalformed.increment();
    }
  }

  @Override
  public void failed(String why) {
    resources.log.info("failure meeting={} endpoint={} reason=\"{}\"", conference, id, why);
  }

  @Override
  public void senderReport(int ssrc, long ntp, int rtp) {
    Encoding encoding = uplink.encoding(ssrc);
    if (encoding != null) {
      encoding.clock.report(ntp, rtp, nowNanos);
    }
  }

  @Override
  public void nack(int source, int sequence) {
    downlink.nacked(source, sequence, nowNanos);
  }

  @Override
  public void keyFrameRequest(int source) {
    downlink.keyFrameRequested(source, nowNanos);
  }

  @Override
  public void transportFeedback(byte[] b, int offset, int length) {
    downlink.transportFeedback(b, offset, length, nowNanos);
  }

  @Override
  public void receiverEstimate(long bps) {
    downlink.estimated(bps, nowNanos);
  }

  /** What is due a few times per second. */
  void tick(long nanos) {
    mapped.ifPresent(streams -> streams.tick(nanos));
    downlink.tick(nanos);
    feedback.periodic(nanos);
  }

  /** What is due as soon as packets have come. */
  void urgent(long nanos) {
    feedback.urgent(nanos);
  }

  /** Takes a new channel; the one before is closed. */
  void channel(TextChannel opened, long nanos) {
    Optional<TextChannel> before = channel;
    channel = Optional.of(opened);
    lastMessageNanos = nanos;
    before.ifPresent(old -> old.close(1000, "replaced"));
    forwardedSources = List.of();
  }

  void channelClosed(TextChannel closed) {
    channel = channel.filter(open -> open != closed);
  }

  boolean hasChannel() {
    return channel.isPresent();
  }

  boolean isOn(TextChannel candidate) {
    return channel.isPresent() && channel.get() == candidate;
  }

  void heard(long nanos) {
    lastMessageNanos = nanos;
  }

  /** Says something on the bridge channel, if there is one. */
  void send(String message) {
    channel.ifPresent(open -> open.send(message));
  }

  /**
   * When anything last came from the client, its connectivity checks among it; else its creation.
   */
  long lastSignOfLifeNanos() {
    return Math.max(lastMessageNanos, Math.max(createdNanos, transport.lastActivityNanos()));
  }

  void close() {
    channel.ifPresent(open -> open.close(1001, "left"));
    channel = Optional.empty();
    downlink.close();
    uplink.close();
    transport.close();
  }

  Map<String, Object> debugState(long nanos) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("connected", downlink.isConnected());
    state.put("active", active);
    state.put("channel", channel.isPresent());
    state.put("silent_ms", (nanos - lastSignOfLifeNanos()) / 1_000_000);
    state.put("round_trip_ms", transport.roundTripMs());
    state.put("sent_bps", downlink.sentBps(nanos));
    state.put("bandwidth", downlink.bandwidth().debugState(nanos));
    state.put("waiting", downlink.waitingPackets());
    state.put("force_muted_audio", uplink.isForceMuted(MediaKind.AUDIO));
    state.put("force_muted_video", uplink.isForceMuted(MediaKind.VIDEO));
    List<Object> sources = new ArrayList<>();
    uplink.sources.values().forEach(source -> sources.add(source.debugState(nanos)));
    state.put("sources", sources);
    Map<String, Object> receives = new LinkedHashMap<>();
    for (Forwarding forwarding : downlink.forwardings()) {
      receives.put(forwarding.source.name, forwarding.debugState());
    }
    state.put("receives", receives);
    mapped.ifPresent(streams -> state.put("mapped", streams.debugState()));
    return state;
  }
}
