package org.meetjar.bridge;

import java.time.Duration;
import org.meetjar.rtp.NackGenerator;
import org.meetjar.rtp.RateMeter;
import org.meetjar.rtp.ReceptionStatistics;
import org.meetjar.rtp.RetransmissionCache;
import org.meetjar.rtp.SenderReportClock;
import org.meetjar.rtp.SequenceNumbers;

/** One incoming stream: a simulcast layer of a video source, or all of a source. */
final class Encoding {
  private static final long REQUEST_GAP_NANOS = Duration.ofMillis(200).toNanos();
  private static final int MAX_LATE = 1000;

  final Source source;
  final int index;
  final int ssrc;
  final SenderReportClock clock;
  final ReceptionStatistics statistics;
  final RateMeter rate = new RateMeter();
  final NackGenerator nacks = new NackGenerator();
  final RetransmissionCache cache;

  /** Of the shorter side of the last key frame, 0 while unknown. */
  int height;

  boolean vp8;
  private boolean started;
  private long highest;
  private long lastArrivalNanos;
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
    started = true;
    lastArrivalNanos = nanos;
    rate.add(size, nanos);
  }

  /** Asks for a key frame as soon as the last request is long enough ago. */
  void wantKeyFrame() {
    keyFrameWanted = true;
  }

  /** Whether to send a request now; the caller does. */
  boolean takeKeyFrameRequest(long nanos) {
    if (!keyFrameWanted || (everRequested && nanos - lastRequestNanos < REQUEST_GAP_NANOS)) {
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
