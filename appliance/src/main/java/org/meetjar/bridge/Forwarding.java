package org.meetjar.bridge;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meetjar.colibri.MediaKind;
import org.meetjar.rtp.EncodingProjection;
import org.meetjar.rtp.LocatedPacket;
import org.meetjar.rtp.MediaPacket;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.rtp.SenderReportClock;
import org.meetjar.rtp.VideoCodec;

/** One source on its way to one receiver, on one of the streams that the receiver knows. */
final class Forwarding {
  private static final long FIRST_RETRY_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LAST_RETRY_NANOS = Duration.ofSeconds(4).toNanos();
  private static final long REPEAT_GAP_NANOS = Duration.ofMillis(20).toNanos();
  private static final int REPEATS = 64;

  /** Packets that are looked for before a probe is filled with padding. */
  private static final int PROBE_TRIES = 3;

  private static final long WISHES_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int MAX_WISHES = 3;

  final Source source;
  final Downlink downlink;
  final OutgoingStream stream;
  private final EncodingProjection projection;
  private final LocatedPacket located = new LocatedPacket();
  private int allocated = EncodingProjection.NONE;
  private int temporalLimit;
  private boolean scarce;
  private int layer = EncodingProjection.NONE;
  private int desired = EncodingProjection.NONE;
  private long retryNanos;
  private long nextRequestNanos;
  private int wishes;
  private long wishesSinceNanos;

  private int lastSequence = -1;
  private int lastTimestamp;
  private int lastPayloadType;
  private int probed;

  private long[] repeatedNanos = new long[0];
  private int[] repeatedSequences = new int[0];

  /** Nothing is forwarded before {@link #allocate}. */
  Forwarding(Source source, Downlink downlink, OutgoingStream stream) {
    this.source = source;
    this.downlink = downlink;
    this.stream = stream;
    projection = new EncodingProjection(source.clocks());
    stream.carry(projection);
  }

  /**
   * Sets what the receiver gets.
   *
   * @param layer the best of the source's layers, or {@link EncodingProjection#NONE}
   * @param scarce whether the receiver wishes for more than its link carries
   */
  void allocate(int layer, int temporalLimit, boolean scarce, long nanos) {
    if (allocated != layer || this.temporalLimit != temporalLimit || this.scarce != scarce) {
      allocated = layer;
      this.temporalLimit = temporalLimit;
      this.scarce = scarce;
      select(nanos);
    }
  }

  int allocated() {
    return allocated;
  }

  int current() {
    return projection.current();
  }

  /** Goes after what the sender sends now, and after key frames that are late. */
  void select(long nanos) {
    int chosen = source.kind == MediaKind.AUDIO ? allocated : source.select(allocated);
    int selected = chosen;
    boolean switchable = false;
    if (chosen >= 0) {
      selected = source.encodingOf(chosen);
      switchable = source.encodings.get(selected).codec != VideoCodec.OTHER;
      // Until a key frame lets it go down, frames are all that a link can be spared at once.
      boolean tooMuch = scarce && projection.current() > selected;
      projection.layerLimit(source.spatialOf(chosen), tooMuch ? 0 : temporalLimit);
    }
    int current = projection.current();
    if (!switchable && selected >= 0 && current >= 0) {
      if (EncodingSelector.isActive(source.encodings, current)) {
        selected = current;
      } else {
        projection.target(EncodingProjection.NONE, EncodingProjection.NONE);
      }
    }
    if (selected != desired || chosen != layer) {
      desired = selected;
      layer = chosen;
      retryNanos = FIRST_RETRY_NANOS;
      nextRequestNanos = nanos;
    }
    projection.target(desired, switchable ? source.encodingOf(allocated) : desired);
    if (source.kind == MediaKind.VIDEO
        && projection.waitsForKeyFrame()
        && downlink.isConnected()
        && nanos - nextRequestNanos >= 0) {
      source.encodings.get(desired).wantKeyFrame();
      nextRequestNanos = nanos + retryNanos;
      retryNanos = Math.min(LAST_RETRY_NANOS, retryNanos * 2);
    }
  }

  /** Lets through what has one layer only. */
  void start(long nanos) {
    allocate(0, 0, false, nanos);
  }

  /** Lets nothing through. */
  void stop(long nanos) {
    allocate(EncodingProjection.NONE, 0, false, nanos);
  }

  /** Starts over with a key frame: the receiver has only now become able to receive. */
  void downlinkConnected(long nanos) {
    nextRequestNanos = nanos;
    select(nanos);
  }

  /** Whether the receiver has negotiated a payload type. */
  boolean knows(int payloadType) {
    return downlink.negotiated().has(source.kind, payloadType);
  }

  void forward(MediaPacket packet, int encoding, long nanos) {
    if (!downlink.isConnected()) {
      return;
    }
    int before = projection.current();
    if (!projection.project(packet, encoding, nanos)) {
      return;
    }
    if (before != projection.current()) {
      downlink.metrics().encodingSwitches.increment();
    }
    packet.ssrc(stream.ssrc);
    stream.sent(packet.length() - packet.payloadOffset());
    lastSequence = RtpHeader.sequence(packet.bytes(), 0);
    lastTimestamp = RtpHeader.timestamp(packet.bytes(), 0);
    lastPayloadType = packet.payloadType();
    downlink.send(packet, source.kind, nanos);
  }

  /** Sends one of the last packets again for a probe, or padding; false if it can do neither. */
  boolean probe(Departure departure, MediaPacket scratch, long nanos) {
    int payloadType =
        source.kind == MediaKind.VIDEO && lastSequence >= 0 && stream.rtxSsrc != 0
            ? downlink.negotiated().repairedBy(lastPayloadType)
            : -1;
    if (payloadType < 0) {
      return false;
    }
    for (int i = 0; i < PROBE_TRIES; i++) {
      if (repeat(lastSequence - probed++ % REPEATS & 0xffff, scratch, nanos)) {
        return true;
      }
    }
    int sequence = stream.nextRtxSequence();
    departure.pad(stream.rtxSsrc, payloadType, sequence, lastTimestamp, nanos);
    return true;
  }

  /** Repeats a packet that the receiver misses, if it is still there. */
  boolean repeat(int outSequence, MediaPacket scratch, long nanos) {
    if (!projection.locate(outSequence, located) || wasJustRepeated(outSequence, nanos)) {
      return false;
    }
    Encoding encoding = source.encodings.get(located.encoding());
    if (!encoding.cache.get(located.sequence(), scratch)
        || !encoding.describe(scratch)
        || !projection.repeat(scratch, located.encoding())) {
      return false;
    }
    scratch.ssrc(stream.ssrc);
    int payloadType = downlink.negotiated().repairedBy(scratch.payloadType());
    if (payloadType >= 0 && stream.rtxSsrc != 0) {
      scratch.wrapInRtx(stream.rtxSsrc, payloadType, stream.nextRtxSequence());
    }
    downlink.send(scratch, source.kind, nanos);
    return true;
  }

  private boolean wasJustRepeated(int sequence, long nanos) {
    if (repeatedNanos.length == 0) {
      repeatedNanos = new long[REPEATS];
      repeatedSequences = new int[REPEATS];
      Arrays.fill(repeatedSequences, -1);
    }
    int index = sequence & REPEATS - 1;
    long gap = Math.max(REPEAT_GAP_NANOS, downlink.bandwidth().roundTripNanos());
    if (repeatedSequences[index] == sequence && nanos - repeatedNanos[index] < gap) {
      return true;
    }
    repeatedSequences[index] = sequence;
    repeatedNanos[index] = nanos;
    return false;
  }

  /** The receiver cannot decode what it has; a few such wishes in ten seconds are heard. */
  void keyFrameRequested(long nanos) {
    if (wishes == 0 || nanos - wishesSinceNanos >= WISHES_NANOS) {
      wishes = 0;
      wishesSinceNanos = nanos;
    }
    int encoding = projection.current() >= 0 ? projection.current() : desired;
    if (source.kind == MediaKind.VIDEO && encoding >= 0 && wishes++ < MAX_WISHES) {
      source.encodings.get(encoding).wantKeyFrame();
    }
  }

  /** Whether a sender report can and should be sent now. */
  boolean reportIsDue(long nanos) {
    return projection.current() >= 0
        && source.encodings.get(projection.current()).clock.isKnown()
        && stream.reportIsDue(nanos);
  }

  /** Appends a sender report in the sender's wall-clock time, so that its sources stay in step. */
  boolean report(RtcpWriter rtcp, long nanos) {
    SenderReportClock clock = source.encodings.get(projection.current()).clock;
    long ntp = clock.ntpAt(nanos);
    int rtp = projection.outgoingTimestamp(clock.rtpAt(ntp));
    return stream.report(rtcp, ntp, rtp, nanos);
  }

  Map<String, Object> debugState() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("ssrc", stream.ssrc & 0xffffffffL);
    state.put("allocated", allocated);
    state.put("desired", desired);
    state.put("current", current());
    state.put("packets", stream.packets());
    return state;
  }
}
