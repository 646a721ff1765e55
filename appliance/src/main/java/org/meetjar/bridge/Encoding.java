package org.meetjar.bridge;

import java.time.Duration;
import org.meetjar.colibri.MediaKind;
import org.meetjar.rtp.CodecState;
import org.meetjar.rtp.MediaPacket;
import org.meetjar.rtp.NackGenerator;
import org.meetjar.rtp.RateMeter;
import org.meetjar.rtp.ReceptionStatistics;
import org.meetjar.rtp.RetransmissionCache;
import org.meetjar.rtp.SenderReportClock;
import org.meetjar.rtp.SequenceNumbers;
import org.meetjar.rtp.VideoCodec;

/** One incoming stream: a simulcast layer of a video source, or all of a source. */
final class Encoding {
  /** Without packets for so long it has been turned off. */
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** What the rate is measured over, and the least of it that says something. */
  private static final long MEASURED_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long FEW_NANOS = Duration.ofMillis(200).toNanos();
  private static final int MAX_LATE = 1000;

  final Source source;
  final int index;
  final int ssrc;
  final SenderReportClock clock;
  final ReceptionStatistics statistics;
  final RateMeter rate = new RateMeter();
  final NackGenerator nacks = new NackGenerator();
  final RetransmissionCache cache;

  final SpatialLayers layers = new SpatialLayers();

  /** What has to be remembered to understand the stream's packets. */
  final CodecState codecState = new CodecState();

  /** Of the last packet. */
  VideoCodec codec = VideoCodec.OTHER;

  private int payloadType = -1;

  private boolean started;
  private long highest;
  private long lastArrivalNanos;
  private long activeSinceNanos;
  private long usualBps;
  private boolean keyFrameWanted;
  private boolean everRequested;
  private long lastRequestNanos;

  Encoding(Source source, int index, int ssrc, int clockRate, MediaResources resources) {
    this.source = source;
    this.index = index;
    this.ssrc = ssrc;
    clock = new SenderReportClock(clockRate);
    statistics = new ReceptionStatistics(clockRate);
    cache = new RetransmissionCache(resources.buffers);
  }

  boolean hasStarted() {
    return started;
  }

  long lastArrivalNanos() {
    return lastArrivalNanos;
  }

  /** Reads a packet that has just come; false if it is not what its payload type says. */
  boolean describe(MediaPacket packet, VideoCodec codec) {
    this.codec = codec;
    payloadType = packet.payloadType();
    return packet.describe(codec, codecState, true);
  }

  /** Reads a packet from the cache; false if the sender has another codec by now. */
  boolean describe(MediaPacket cached) {
    return cached.payloadType() == payloadType && cached.describe(codec, codecState, false);
  }

  /** The shorter side of its best pictures, 0 while unknown. */
  int height() {
    return layers.height(layers.count() - 1);
  }

  /** The extended sequence number of a packet that has just come. */
  long extend(int sequence) {
    return started ? SequenceNumbers.extend(highest, sequence) : sequence + 0x10000L;
  }

  /** Whether a packet is so late that nobody waits for it. */
  boolean isStale(long sequence) {
    return started && sequence < highest - MAX_LATE;
  }

  void received(long sequence, int size, long nanos) {
    highest = started ? Math.max(highest, sequence) : sequence;
    if (!started || nanos - lastArrivalNanos >= PAUSE_NANOS) {
      activeSinceNanos = nanos;
    }
    started = true;
    lastArrivalNanos = nanos;
    rate.add(size, nanos);
  }

  /**
   * What it costs to send it on, bits per second: as measured while it comes, else as it was when
   * it last came for a while; 0 while unknown.
   */
  long bitrate(long nanos) {
    if (!started || nanos - lastArrivalNanos >= PAUSE_NANOS) {
      return usualBps;
    }
    long active = nanos - activeSinceNanos;
    if (active < FEW_NANOS) {
      return usualBps;
    }
    long measured = rate.bitsPerSecond(nanos);
    if (active < MEASURED_NANOS) {
      return measured * MEASURED_NANOS / active;
    }
    usualBps = measured;
    return measured;
  }

  /** Asks for a key frame as soon as the last request is long enough ago. */
  void wantKeyFrame() {
    keyFrameWanted = true;
  }

  /** Whether some receiver gets this encoding of a picture now. */
  boolean isForwarded() {
    for (int i = 0; source.kind == MediaKind.VIDEO && i < source.forwardings.size(); i++) {
      if (source.forwardings.get(i).current() == index) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether to send a request now; the caller does.
   *
   * @param gapNanos the least time between two
   */
  boolean takeKeyFrameRequest(long gapNanos, long nanos) {
    if (!keyFrameWanted || (everRequested && nanos - lastRequestNanos < gapNanos)) {
      return false;
    }
    keyFrameWanted = false;
    everRequested = true;
    lastRequestNanos = nanos;
    return true;
  }

  boolean wantsKeyFrame() {
    return keyFrameWanted;
  }
}
