package org.meetjar.rtp;

import org.meetjar.rtp.ProjectionSegments.Segment;

/**
 * Makes one continuous stream out of the encodings of one source for one receiver: the receiver
 * sees sequence numbers, timestamps, picture IDs and TL0PICIDX without a seam, whichever encoding
 * they come from and whatever was left out.
 *
 * <p>It changes the encoding only at the first packet of a key frame. Packets of a run (one
 * encoding, nothing left out) keep their distances, so a packet that is lost on the way to us is a
 * gap for the receiver, and is the right packet for that gap when it comes late. What is left out
 * of an encoding depends on its codec: {@link WholeFrames} or a {@link LayerFilter}.
 *
 * <p>Encodings of {@link VideoCodec#OTHER} are passed on in one run; every packet may begin it.
 */
public final class EncodingProjection {
  /** No encoding. */
  public static final int NONE = -1;

  private final ProjectionTime time;
  private final ProjectionSegments segments = new ProjectionSegments();
  private int current = NONE;
  private int desired = NONE;
  private int ceiling = NONE;
  private int spatialLimit = FrameDescription.MAX_SPATIAL_LAYERS - 1;
  private int temporalLimit = 7;
  private VideoCodec codec = VideoCodec.OTHER;
  private final WholeFrames wholeFrames = new WholeFrames();
  private LayerFilter layers;
  private final LeftOutLayer leftOutLayer = new LeftOutLayer();

  private boolean started;
  private long lastSequence;
  private PictureNumbers numbers = new PictureNumbers();

  /**
   * @param clocks of the source's encodings, lowest first
   */
  public EncodingProjection(SenderReportClock[] clocks) {
    time = new ProjectionTime(clocks);
  }

  /**
   * Goes on where the projection of another source has stopped, so that the receiver sees one
   * stream: what comes first from here follows what came last from there, at a distance in
   * timestamps that is the time between them. To be called before the first packet; the other
   * projection is not to be used any more.
   */
  public void follow(EncodingProjection before) {
    started = before.started;
    lastSequence = before.lastSequence;
    time.follow(before.time);
    numbers = before.numbers;
  }

  /**
   * Says what to forward from now on.
   *
   * @param desired the encoding to go to at its next key frame, or {@link #NONE} to stop now
   * @param ceiling the best encoding that may be used when a key frame offers it
   */
  public void target(int desired, int ceiling) {
    this.desired = desired;
    this.ceiling = Math.max(desired, ceiling);
    if (desired == NONE) {
      current = NONE;
    }
  }

  /**
   * The highest layers to forward; what is above is taken back as soon as the receiver can do
   * without, and extended where the stream allows.
   *
   * @param spatial from 0; means nothing where an encoding has no spatial layers
   * @param temporal from 0
   */
  public void layerLimit(int spatial, int temporal) {
    spatialLimit = spatial;
    temporalLimit = temporal;
    wholeFrames.limit(temporal);
    if (layers != null) {
      layers.limit(spatial, temporal);
    }
  }

  /** The encoding that is being forwarded, or {@link #NONE}. */
  public int current() {
    return current;
  }

  /** Whether a key frame of the desired encoding is what is missing. */
  public boolean waitsForKeyFrame() {
    return desired != NONE
        && (desired != current
            || (codec.numbersFrames() && layers.waitsForKeyFrame(segments.newest().layers)));
  }

  /**
   * Rewrites the packet for the receiver.
   *
   * @return false if the receiver doesn't get it
   */
  public boolean project(MediaPacket packet, int encoding, long nanos) {
    if (desired == NONE) {
      return false;
    }
    FrameDescription frame = packet.frame();
    if (encoding == current && packet.sequence() > segments.newest().last) {
      boolean same = frame.codec == codec || packet.isEmpty();
      return same ? advance(packet, nanos) : begins(packet) && switchTo(packet, encoding, nanos);
    }
    if (late(packet, encoding)) {
      return true;
    }
    if (encoding == current
        || !maySwitchTo(encoding)
        || !begins(packet)
        || !isNew(packet, encoding)) {
      return false;
    }
    return switchTo(packet, encoding, nanos);
  }

  private boolean maySwitchTo(int encoding) {
    return encoding == desired || (encoding > current && encoding <= ceiling);
  }

  private boolean begins(MediaPacket packet) {
    return packet.frame().codec == VideoCodec.OTHER
        ? current == NONE && !packet.isEmpty()
        : packet.frame().keyFrameStart;
  }

  /**
   * A key frame that is older than what the receiver already has of this encoding is no way back.
   */
  private boolean isNew(MediaPacket packet, int encoding) {
    return packet.sequence() > segments.lastOf(encoding);
  }

  private boolean advance(MediaPacket packet, long nanos) {
    Segment segment = segments.newest();
    boolean next = packet.sequence() == segment.last + 1;
    if (packet.isEmpty() || !codec.numbersFrames()) {
      boolean out = packet.isEmpty() ? next : codec != VideoCodec.OTHER && leavesOut(packet, next);
      if (out) {
        leaveOut(packet);
        return false;
      }
    } else {
      int now = layers.advance(packet.frame(), packet.timestamp(), segment.layers);
      segment = segments.follow(packet.sequence(), now);
      if (!layers.wants(packet.frame(), segment.layers)) {
        return without(packet, segment, next, nanos);
      }
      leftOutLayer.clear();
    }
    segment.last = packet.sequence();
    apply(packet, segment);
    remember(packet, segment, nanos);
    return true;
  }

  private boolean leavesOut(MediaPacket packet, boolean next) {
    return wholeFrames.leavesOut(packet.frame(), packet.timestamp(), next);
  }

  /**
   * A packet that the receiver shall not have. Its number is closed up when it comes in order;
   * behind a gap, which may have been of a frame that is wanted, it goes without its contents. What
   * is missing between two packets of one frame belongs to that frame, and goes with it.
   */
  private boolean without(MediaPacket packet, Segment segment, boolean next, long nanos) {
    boolean goesOn = leftOutLayer.goesOn(packet.timestamp(), packet.frame().spatialId);
    if (next || goesOn) {
      leaveOut(packet);
      return false;
    }
    segment.last = packet.sequence();
    apply(packet, segment);
    packet.empty();
    lastSequence = packet.sequence() + segment.sequenceDelta;
    time.remember(packet.timestamp() + segment.timestampDelta, false, nanos);
    // What is missing before it may still come, under numbers that nobody else may have.
    numbers.remember(segment, packet.frame());
    return true;
  }

  private void leaveOut(MediaPacket packet) {
    long missing = packet.sequence() - segments.newest().last;
    Segment segment = segments.push();
    segment.first = packet.sequence() + 1;
    segment.last = packet.sequence();
    segment.sequenceDelta -= missing;
    if (codec == VideoCodec.VP8 && packet.frame().frameStart) {
      segment.pictureIdDelta--;
    }
  }

  private boolean switchTo(MediaPacket packet, int encoding, long nanos) {
    boolean first = segments.none();
    int before = first ? encoding : segments.newest().encoding;
    int timestampDelta = first ? 0 : segments.newest().timestampDelta;
    int timestamp = packet.timestamp();
    if (started && first) {
      timestampDelta = time.after(encoding, nanos) - timestamp;
    } else if (before != encoding) {
      if (time.isPast(timestamp, before, encoding, timestampDelta, nanos)) {
        return false;
      }
      timestampDelta = time.follow(timestamp, before, encoding, timestampDelta, nanos) - timestamp;
    }
    Segment segment = segments.push();
    segment.encoding = encoding;
    segment.first = packet.sequence();
    segment.last = packet.sequence();
    segment.timestampDelta = timestampDelta;
    if (started) {
      segment.sequenceDelta = lastSequence + 1 - packet.sequence();
    }
    FrameDescription frame = packet.frame();
    numbers.continueIn(segment, frame);
    codec = frame.codec;
    if (codec.numbersFrames()) {
      layers = LayerFilters.of(codec, layers);
      layers.limit(spatialLimit, temporalLimit);
      segment.layers = layers.begin(frame, packet.timestamp());
    }
    current = encoding;
    wholeFrames.begin();
    leftOutLayer.clear();
    started = true;
    apply(packet, segment);
    remember(packet, segment, nanos);
    return true;
  }

  private void apply(MediaPacket packet, Segment segment) {
    packet.rewrite(
        (int) (packet.sequence() + segment.sequenceDelta),
        packet.timestamp() + segment.timestampDelta);
    FrameDescription frame = packet.frame();
    if (frame.codec == VideoCodec.OTHER) {
      return;
    }
    packet.rewritePicture(
        frame.pictureId + segment.pictureIdDelta, frame.tl0PicIdx + segment.tl0PicIdxDelta);
    if (frame.codec.numbersFrames() && layers != null) {
      if (frame.dependencies.isPresent()) {
        packet.rewriteDescriptor(
            frame.dependencies.frameNumber + segment.frameNumberDelta,
            segment.templateShift,
            layers.activeTargets(frame, segment.layers));
      }
      if (layers.isLast(frame, segment.layers)) {
        packet.mark();
      }
    }
  }

  private void remember(MediaPacket packet, Segment segment, long nanos) {
    lastSequence = packet.sequence() + segment.sequenceDelta;
    boolean first = segment.first == packet.sequence();
    time.remember(packet.timestamp() + segment.timestampDelta, first, nanos);
    numbers.remember(segment, packet.frame());
  }

  /** The timestamp that the receiver sees for one of the current encoding. */
  public int outgoingTimestamp(int timestamp) {
    return segments.none() ? timestamp : timestamp + segments.newest().timestampDelta;
  }

  /**
   * Finds the packet that a receiver asks for.
   *
   * @param outSequence the sequence number that the receiver saw or missed
   * @return whether there was such a packet; then {@code found} says which
   */
  public boolean locate(int outSequence, LocatedPacket found) {
    return started && segments.locate(SequenceNumbers.extend(lastSequence, outSequence), found);
  }

  /** A packet that comes late, when its number has been passed. */
  private boolean late(MediaPacket packet, int encoding) {
    Segment segment = segments.find(encoding, packet.sequence());
    if (segment == null || wholeFrames.leftOut(packet.timestamp())) {
      return false;
    }
    apply(packet, segment);
    boolean layered = packet.frame().codec == codec && codec.numbersFrames();
    if (layered && !layers.wants(packet.frame(), segment.layers)) {
      packet.empty();
    }
    return true;
  }

  /** Rewrites a packet from a cache as it was, or would have been, when it passed. */
  public boolean repeat(MediaPacket packet, int encoding) {
    return late(packet, encoding);
  }
}
