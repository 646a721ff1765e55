package org.meetjar.load.media;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meetjar.load.check.Mark;

/**
 * One simulcast layer: decides what its frames are. Three temporal layers in the pattern 0 2 1 2 as
 * browsers send VP8; only the last of the four needs the frame right before it. Remembers the
 * latest frames, not their bytes.
 */
final class VideoLayer {
  /** Octets of the largest payload: what leaves room for headers and tags in 1,232 octets. */
  static final int MAX_PAYLOAD = 1170;

  private static final int REMEMBERED = 64;
  private static final int DESCRIPTOR = 6;
  private static final int MIN_PAYLOAD = DESCRIPTOR + 10 + Mark.LENGTH;
  private static final int KEY_FRAME_TIMES = 3;
  private static final long KEY_FRAME_GAP_NANOS = Duration.ofMillis(300).toNanos();
  private static final int[] TEMPORAL = {0, 2, 1, 2};

  final int ssrc;
  final int rtxSsrc;
  final int index;
  final VideoShape.Layer shape;
  private final RandomGenerator random;
  private final Frame[] frames = new Frame[REMEMBERED];
  private final int timestampOffset;
  private final int averageSize;

  private long nextSequence;
  private int rtxSequence;
  private int pictureId;
  private int tl0PicIdx;
  private int number;
  private int base;
  private int inPattern;
  private boolean active = true;
  private boolean keyWanted = true;
  private long lastKeyNanos;
  private boolean everKey;

  long packets;
  long octets;

  VideoLayer(int index, VideoShape.Layer shape, int ssrc, int rtxSsrc, RandomGenerator random) {
    this.index = index;
    this.shape = shape;
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
    this.random = random;
    averageSize = shape.bitsPerSecond() / 8 / VideoShape.FRAME_RATE;
    nextSequence = random.nextInt(0x8000) + 0x10000L;
    rtxSequence = random.nextInt(0x10000);
    pictureId = random.nextInt(0x8000);
    tl0PicIdx = random.nextInt(0x100);
    timestampOffset = random.nextInt();
    for (int i = 0; i < REMEMBERED; i++) {
      frames[i] = new Frame();
    }
  }

  /** Whether anybody wants it; when it comes back, it begins with a key frame. */
  void active(boolean wanted) {
    keyWanted |= wanted && !active;
    active = wanted;
  }

  boolean isActive() {
    return active;
  }

  /** Makes the next frame a key frame, unless there was one only just now. */
  void wantKeyFrame() {
    keyWanted = true;
  }

  /** The timestamp of a moment. */
  int timestamp(long nanos) {
    return (int) (nanos / 1000 * 9 / 100) + timestampOffset;
  }

  /** Begins a frame. */
  Frame next(long nanos) {
    boolean key = keyWanted && (!everKey || nanos - lastKeyNanos >= KEY_FRAME_GAP_NANOS);
    if (key) {
      keyWanted = false;
      everKey = true;
      lastKeyNanos = nanos;
      inPattern = 0;
    }
    Frame frame = frames[++number & REMEMBERED - 1];
    frame.number = number;
    frame.key = key;
    frame.temporalId = TEMPORAL[inPattern];
    frame.sync = inPattern == 1 || inPattern == 2;
    if (frame.temporalId == 0) {
      tl0PicIdx = tl0PicIdx + 1 & 0xff;
      base++;
    }
    inPattern = inPattern + 1 & 3;
    pictureId = pictureId + 1 & 0x7fff;
    frame.pictureId = pictureId;
    frame.tl0PicIdx = tl0PicIdx;
    frame.base = base;
    frame.timestamp = timestamp(nanos);
    frame.sent = 0;
    double size = averageSize * (0.85 + 0.3 * random.nextDouble());
    split(frame, (int) (key ? size * KEY_FRAME_TIMES : size));
    frame.firstSequence = nextSequence;
    nextSequence += frame.packets;
    return frame;
  }

  /** Equal shares, so that a frame leaves as one run of segments. */
  private static void split(Frame frame, int size) {
    frame.packets = Math.max(1, (size + MAX_PAYLOAD - 1) / MAX_PAYLOAD);
    frame.share = Math.max(MIN_PAYLOAD, (size + frame.packets - 1) / frame.packets);
    frame.size = Math.max(size, frame.share * (frame.packets - 1) + MIN_PAYLOAD);
  }

  /** The frame of a packet that was sent, if it is remembered. */
  Optional<Frame> find(int sequence) {
    for (Frame frame : frames) {
      int part = sequence - (int) frame.firstSequence & 0xffff;
      if (frame.number > 0 && part < frame.sent) {
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  int nextRtxSequence() {
    return rtxSequence++ & 0xffff;
  }

  /** Writes a packet's payload: descriptor, the codec's header where it belongs, marks. */
  int payload(Frame frame, int part, Mark mark, byte[] b, int at) {
    int length = frame.payloadLength(part);
    System.arraycopy(Filler.BYTES, 0, b, at, length);
    b[at] = (byte) (part == 0 ? 0x90 : 0x80);
    b[at + 1] = (byte) 0xe0;
    b[at + 2] = (byte) (0x80 | frame.pictureId >> 8);
    b[at + 3] = (byte) frame.pictureId;
    b[at + 4] = (byte) frame.tl0PicIdx;
    b[at + 5] = (byte) (frame.temporalId << 6 | (frame.sync ? 0x20 : 0));
    if (part == 0) {
      codecHeader(frame, b, at + DESCRIPTOR);
    }
    mark.frame = frame.number;
    mark.base = frame.base;
    mark.layer = index;
    mark.part = part;
    mark.parts = frame.packets;
    mark.write(b, at + length);
    return length;
  }

  /** RFC 6386 section 9.1. */
  private void codecHeader(Frame frame, byte[] b, int at) {
    int first = Math.min(frame.size, 0x7ffff);
    b[at] = (byte) ((frame.key ? 0x10 : 0x11) | first << 5);
    b[at + 1] = (byte) (first >> 3);
    b[at + 2] = (byte) (first >> 11);
    if (frame.key) {
      b[at + 3] = (byte) 0x9d;
      b[at + 4] = 0x01;
      b[at + 5] = 0x2a;
      b[at + 6] = (byte) shape.width();
      b[at + 7] = (byte) (shape.width() >> 8);
      b[at + 8] = (byte) shape.height();
      b[at + 9] = (byte) (shape.height() >> 8);
    }
  }
}
