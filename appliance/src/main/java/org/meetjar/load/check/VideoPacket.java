package org.meetjar.load.check;

import org.meetjar.rtp.Vp8Descriptor;

/** What a checker needs to know of one packet of VP8. */
final class VideoPacket {
  int timestamp;
  boolean marker;
  long nanos;

  /** Whether there is a payload at all; probes have none. */
  boolean filled;

  boolean start;
  boolean key;
  int pictureId;
  int tl0PicIdx;
  int temporalId;
  boolean sync;

  boolean marked;
  int frame;
  int base;
  int layer;
  int part;
  int parts;

  /** Takes over what was read; false if it is no VP8. */
  boolean read(Vp8Descriptor vp8, Mark mark, byte[] b, int offset, int length) {
    filled = length > 0;
    if (!filled) {
      return true;
    }
    if (!vp8.parse(b, offset, length)) {
      return false;
    }
    start = vp8.frameStart();
    key = vp8.keyFrameStart();
    pictureId = vp8.pictureId();
    tl0PicIdx = vp8.tl0PicIdx();
    temporalId = vp8.temporalId();
    sync = vp8.layerSync();
    marked = mark.read(b, offset, length);
    if (marked) {
      frame = mark.frame;
      base = mark.base;
      layer = mark.layer;
      part = mark.part;
      parts = mark.parts;
    }
    return true;
  }
}
