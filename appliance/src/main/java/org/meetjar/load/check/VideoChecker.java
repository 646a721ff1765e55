package org.meetjar.load.check;

import java.time.Duration;
import org.meetjar.rtp.Vp8Descriptor;

/**
 * Follows one stream of VP8 as a decoder would, and tells where it could not. After a fault it says
 * nothing until the next key frame, from which a decoder starts anew. What the payload descriptors
 * say is held against each other, and against the generator's {@link Mark}s where there are some: a
 * server may make descriptors continuous that describe a picture which is not.
 */
public final class VideoChecker {
  /** How much further than the time of arrival a timestamp may go on. */
  private static final long LEAP = Duration.ofSeconds(5).toMillis() * 90;

  private final StreamListener listener;
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final Mark mark = new Mark();
  private final VideoPacket scratch = new VideoPacket();
  private final Order order = new Order();

  private boolean decoding;
  private boolean everDecoded;
  private boolean silent;
  private boolean inFrame;
  private boolean keyFrame;
  private int frameTimestamp;
  private long frameNanos;
  private int pictureId = -1;
  private boolean longPictureIds;
  private int tl0PicIdx = -1;
  private boolean marked;
  private int layer = -1;
  private int frame;
  private int base;
  private int part;
  private int parts;

  public VideoChecker(StreamListener listener) {
    this.listener = listener;
  }

  /**
   * Takes a packet, in any order; duplicates are passed over.
   *
   * @param sequence extended
   * @return false if it is not VP8
   */
  public boolean packet(
      long sequence,
      int timestamp,
      boolean marker,
      byte[] b,
      int payloadAt,
      int payloadLength,
      long nanos) {
    if (!order.wants(sequence)) {
      return true;
    }
    boolean next = order.isNext(sequence);
    VideoPacket packet = next ? scratch : new VideoPacket();
    packet.timestamp = timestamp;
    packet.marker = marker;
    packet.nanos = nanos;
    if (!packet.read(vp8, mark, b, payloadAt, payloadLength)) {
      return false;
    }
    if (next) {
      order.passed(sequence);
      inOrder(packet);
    } else {
      order.keep(sequence, packet, nanos);
    }
    return true;
  }

  /** Gives up on what has been missing for a second; to be called now and then. */
  public void expire(long nanos) {
    order.expire(nanos);
  }

  /** The encoding that is being received by its marks, or -1. */
  public int layer() {
    return layer;
  }

  private void inOrder(VideoPacket packet) {
    if (!packet.filled) {
      return;
    }
    if (packet.start) {
      begin(packet);
    } else {
      goOn(packet);
    }
    if (decoding && inFrame && packet.marker) {
      end(packet);
    }
  }

  private void begin(VideoPacket packet) {
    boolean cut = inFrame && decoding;
    inFrame = false;
    if (packet.key) {
      beginKeyFrame(packet);
    } else if (!decoding) {
      fault(Fault.NO_KEY_FRAME);
    } else if (cut) {
      fault(Fault.CUT_FRAME);
    } else {
      beginDeltaFrame(packet);
    }
    if (!decoding) {
      return;
    }
    inFrame = true;
    keyFrame = packet.key;
    frameTimestamp = packet.timestamp;
    frameNanos = packet.nanos;
    pictureId = packet.pictureId;
    longPictureIds |= packet.pictureId > 0x7f;
    part = packet.part;
    parts = packet.parts;
    frame = packet.frame;
    marked = packet.marked;
    if (packet.temporalId == 0) {
      tl0PicIdx = packet.tl0PicIdx;
      base = packet.base;
    }
    if (packet.marked && packet.part != 0) {
      fault(Fault.CUT_FRAME);
    }
  }

  private void beginKeyFrame(VideoPacket packet) {
    if (decoding && !follows(packet)) {
      // Told, and taken all the same: a key frame needs nothing before it.
      fault(isLater(packet) ? Fault.PICTURE_ID : Fault.TIMESTAMP);
    }
    decoding = true;
    silent = false;
    if (packet.marked && everDecoded && layer >= 0 && layer != packet.layer) {
      listener.switched(layer, packet.layer, packet.nanos);
    }
    everDecoded = true;
    layer = packet.marked ? packet.layer : -1;
  }

  private void beginDeltaFrame(VideoPacket packet) {
    if (!isLater(packet)) {
      fault(Fault.TIMESTAMP);
    } else if (!follows(packet)) {
      fault(Fault.PICTURE_ID);
    } else if (packet.marked && packet.layer != layer) {
      fault(Fault.NO_KEY_FRAME);
    } else if (!countsBaseFrames(packet)) {
      fault(Fault.TL0_PIC_IDX);
    } else if (packet.marked && marked && !hasReferences(packet)) {
      fault(Fault.MISSING_REFERENCE);
    }
  }

  private boolean isLater(VideoPacket packet) {
    int ahead = packet.timestamp - frameTimestamp;
    return ahead > 0 && ahead < (packet.nanos - frameNanos) / 1_000_000 * 90 + LEAP;
  }

  private boolean follows(VideoPacket packet) {
    if (packet.pictureId < 0 || pictureId < 0) {
      return isLater(packet);
    }
    int mask = longPictureIds || packet.pictureId > 0x7f ? 0x7fff : 0x7f;
    return isLater(packet) && packet.pictureId == (pictureId + 1 & mask);
  }

  private boolean countsBaseFrames(VideoPacket packet) {
    if (packet.tl0PicIdx < 0 || tl0PicIdx < 0) {
      return true;
    }
    int expected = packet.temporalId == 0 ? tl0PicIdx + 1 & 0xff : tl0PicIdx;
    return packet.tl0PicIdx == expected;
  }

  /** By the generator's pattern: base frame, or sync to it, or the frame right before. */
  private boolean hasReferences(VideoPacket packet) {
    if (packet.temporalId == 0) {
      return packet.base == base + 1;
    }
    return packet.base == base && (packet.sync || packet.frame == frame + 1);
  }

  private void goOn(VideoPacket packet) {
    if (!decoding) {
      return;
    }
    if (!inFrame) {
      fault(Fault.CUT_FRAME);
    } else if (packet.timestamp != frameTimestamp) {
      fault(Fault.CUT_FRAME);
    } else if (packet.pictureId != pictureId) {
      fault(Fault.PICTURE_ID);
    } else if (packet.marked && (packet.frame != frame || packet.part != part + 1)) {
      fault(Fault.CUT_FRAME);
    }
    part = packet.part;
  }

  private void end(VideoPacket packet) {
    inFrame = false;
    if (packet.marked && packet.part != parts - 1) {
      fault(Fault.CUT_FRAME);
    } else if (keyFrame) {
      listener.keyFrame(packet.nanos);
    }
  }

  private void fault(Fault fault) {
    if (!silent) {
      silent = true;
      listener.fault(fault);
    }
    decoding = false;
    inFrame = false;
  }

  private final class Order extends Reorder<VideoPacket> {
    @Override
    void inOrder(VideoPacket packet) {
      VideoChecker.this.inOrder(packet);
    }

    @Override
    void lost(int packets) {
      listener.lost(packets);
      fault(Fault.LOST_PACKET);
    }
  }
}
