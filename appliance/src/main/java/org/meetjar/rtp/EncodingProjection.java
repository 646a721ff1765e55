package org.meetjar.rtp;

import org.meetjar.rtp.ProjectionSegments.Segment;

/**
 * Makes one continuous stream out of the encodings of one source for one receiver: the receiver
 * sees sequence numbers, timestamps, picture IDs and TL0PICIDX without a seam, whichever encoding
 * they come from and whatever was left out.
 *
 * <p>It changes the encoding only at the first packet of a key frame. Packets of a run (one
 * encoding, nothing left out) keep their distances, so a packet that is lost on the way to us is a
 * gap for the receiver, and is the right packet for that gap when it comes late. A frame is left
 * out only when its first packet comes in order, because only then its numbers can be closed up; a
 * frame that begins with a gap is let through whole.
 *
 * <p>Encodings of other codecs than VP8 are passed on in one run; every packet may begin it.
 */
public final class EncodingProjection {
  /** No encoding. */
  public static final int NONE = -1;

  /** A timestamp from sender reports that is further off than this is not believed. */
  private static final long BELIEVABLE_SECONDS = 5;

  private final SenderReportClock[] clocks;
  private final ProjectionSegments segments = new ProjectionSegments();
  private int current = NONE;
  private int desired = NONE;
  private int ceiling = NONE;
  private int temporalLimit = 3;
  private int temporalNow = 3;
  private boolean leavingOut;
  private final LeftOutFrames leftOut = new LeftOutFrames();

  private boolean started;
  private long lastSequence;
  private int lastTimestamp;
  private long lastNanos;
  private int lastPictureId = -1;
  private int lastTl0PicIdx = -1;

  /**
   * @param clocks of the source's encodings, lowest first
   */
  public EncodingProjection(SenderReportClock[] clocks) {
    this.clocks = clocks;
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
    lastTimestamp = before.lastTimestamp;
    lastNanos = before.lastNanos;
    lastPictureId = before.lastPictureId;
    lastTl0PicIdx = before.lastTl0PicIdx;
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
   * The highest temporal layer to forward; taken back at once, extended where the stream allows.
   */
  public void temporalLimit(int limit) {
    temporalLimit = limit;
  }

  /** The encoding that is being forwarded, or {@link #NONE}. */
  public int current() {
    return current;
  }

  /** Whether a key frame of the desired encoding is what is missing. */
  public boolean waitsForKeyFrame() {
    return desired != NONE && desired != current;
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
    if (encoding == current && packet.sequence() > segments.newest().last) {
      return advance(packet, nanos);
    }
    if (repeat(packet, encoding)) {
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
    return packet.isVp8() ? packet.vp8().keyFrameStart : current == NONE && !packet.isEmpty();
  }

  /**
   * A key frame that is older than what the receiver already has of this encoding is no way back.
   */
  private boolean isNew(MediaPacket packet, int encoding) {
    return segments.none()
        || segments.newest().encoding != encoding
        || packet.sequence() > segments.newest().last;
  }

  private boolean advance(MediaPacket packet, long nanos) {
    Segment segment = segments.newest();
    if (isLeftOut(packet, packet.sequence() == segment.last + 1)) {
      leaveOut(packet);
      return false;
    }
    segment.last = packet.sequence();
    apply(packet, segment);
    remember(packet, segment, nanos);
    return true;
  }

  /**
   * Whether a packet ahead of all others is left out. What is missing between two packets of one
   * frame belongs to that frame, and goes with it.
   */
  private boolean isLeftOut(MediaPacket packet, boolean next) {
    if (packet.isEmpty()) {
      return next;
    }
    if (!packet.isVp8()) {
      return false;
    }
    Vp8Descriptor vp8 = packet.vp8();
    if (!vp8.frameStart) {
      leavingOut &= leftOut.isLast(packet.timestamp());
      return leavingOut;
    }
    adjustTemporal(vp8);
    leavingOut = next && vp8.temporalId > temporalNow;
    if (leavingOut) {
      leftOut.add(packet.timestamp());
    }
    return leavingOut;
  }

  private void adjustTemporal(Vp8Descriptor vp8) {
    if (temporalLimit < temporalNow || vp8.keyFrameStart) {
      temporalNow = temporalLimit;
    } else if (vp8.temporalId > temporalNow && vp8.temporalId <= temporalLimit && vp8.layerSync) {
      temporalNow = vp8.temporalId;
    }
  }

  private void leaveOut(MediaPacket packet) {
    long missing = packet.sequence() - segments.newest().last;
    Segment segment = segments.push();
    segment.first = packet.sequence() + 1;
    segment.last = packet.sequence();
    segment.sequenceDelta -= missing;
    if (packet.isVp8() && packet.vp8().frameStart) {
      segment.pictureIdDelta--;
    }
  }

  private boolean switchTo(MediaPacket packet, int encoding, long nanos) {
    boolean first = segments.none();
    int before = first ? encoding : segments.newest().encoding;
    int timestampDelta = first ? 0 : segments.newest().timestampDelta;
    if (started && first) {
      int since = (int) Math.max(1, elapsed(encoding, nanos));
      timestampDelta = lastTimestamp + since - packet.timestamp();
    } else if (before != encoding) {
      long ahead = ahead(packet, before, encoding, timestampDelta, nanos);
      if (ahead < -clocks[encoding].clockRate() / 10) {
        return false;
      }
      timestampDelta = lastTimestamp + (int) Math.max(1, ahead) - packet.timestamp();
    }
    Segment segment = segments.push();
    segment.encoding = encoding;
    segment.first = packet.sequence();
    segment.last = packet.sequence();
    segment.timestampDelta = timestampDelta;
    if (started) {
      segment.sequenceDelta = lastSequence + 1 - packet.sequence();
    }
    if (started && packet.isVp8()) {
      Vp8Descriptor vp8 = packet.vp8();
      segment.pictureIdDelta = lastPictureId < 0 ? 0 : lastPictureId + 1 - vp8.pictureId;
      segment.tl0PicIdxDelta = lastTl0PicIdx < 0 ? 0 : lastTl0PicIdx + 1 - vp8.tl0PicIdx;
    }
    current = encoding;
    temporalNow = temporalLimit;
    leavingOut = false;
    started = true;
    apply(packet, segment);
    remember(packet, segment, nanos);
    return true;
  }

  /**
   * How much later than the last packet this one of another encoding was taken, in timestamp units:
   * by sender reports if there are any for both, else by the time of arrival.
   */
  private long ahead(MediaPacket packet, int before, int encoding, int delta, long nanos) {
    SenderReportClock from = clocks[before];
    SenderReportClock to = clocks[encoding];
    long expected = elapsed(encoding, nanos);
    if (from.isKnown() && to.isKnown()) {
      int aligned = from.rtpAt(to.ntpOf(packet.timestamp())) + delta - lastTimestamp;
      if (Math.abs(aligned - expected) < BELIEVABLE_SECONDS * to.clockRate()) {
        return aligned;
      }
    }
    return expected;
  }

  /** The time since the last packet, in timestamp units. */
  private long elapsed(int encoding, long nanos) {
    return (nanos - lastNanos) / 1000 * clocks[encoding].clockRate() / 1_000_000;
  }

  private void apply(MediaPacket packet, Segment segment) {
    packet.rewrite(
        (int) (packet.sequence() + segment.sequenceDelta),
        packet.timestamp() + segment.timestampDelta);
    if (packet.isVp8()) {
      Vp8Descriptor vp8 = packet.vp8();
      packet.rewriteVp8(
          vp8.pictureId + segment.pictureIdDelta, vp8.tl0PicIdx + segment.tl0PicIdxDelta);
    }
  }

  private void remember(MediaPacket packet, Segment segment, long nanos) {
    lastSequence = packet.sequence() + segment.sequenceDelta;
    int timestamp = packet.timestamp() + segment.timestampDelta;
    if (timestamp - lastTimestamp > 0 || segment.first == packet.sequence()) {
      lastTimestamp = timestamp;
      lastNanos = nanos;
    }
    if (packet.isVp8()) {
      Vp8Descriptor vp8 = packet.vp8();
      if (vp8.pictureId >= 0) {
        lastPictureId = vp8.pictureId + segment.pictureIdDelta & vp8.pictureIdMask();
      }
      if (vp8.tl0PicIdx >= 0) {
        lastTl0PicIdx = vp8.tl0PicIdx + segment.tl0PicIdxDelta & 0xff;
      }
    }
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
    if (!started) {
      return false;
    }
    long extended = SequenceNumbers.extend(lastSequence, outSequence);
    Segment segment = segments.findOutgoing(extended);
    if (segment == null) {
      return false;
    }
    found.encoding = segment.encoding;
    found.sequence = extended - segment.sequenceDelta;
    return true;
  }

  /** Rewrites a packet from a cache as it was, or would have been, when it passed. */
  public boolean repeat(MediaPacket packet, int encoding) {
    Segment segment = segments.find(encoding, packet.sequence());
    if (segment == null || leftOut.contains(packet.timestamp())) {
      return false;
    }
    apply(packet, segment);
    return true;
  }
}
