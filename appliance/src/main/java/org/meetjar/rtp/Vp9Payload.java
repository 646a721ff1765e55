package org.meetjar.rtp;

import java.util.Arrays;

/** The VP9 payload descriptor, RFC 9628 section 4.2. */
final class Vp9Payload {
  private static final int PICTURE_ID = 0x80;
  private static final int INTER_PICTURE = 0x40;
  private static final int LAYERS = 0x20;
  private static final int FLEXIBLE = 0x10;
  private static final int START = 0x08;
  private static final int END = 0x04;
  private static final int SCALABILITY = 0x02;
  private static final int NO_UPPER_REFERENCE = 0x01;
  private static final int MAX_REFERENCES = 3;

  private Vp9Payload() {}

  /** Reads a payload; false if it is not one. */
  static boolean read(byte[] b, int offset, int length, FrameDescription into) {
    int end = offset + length;
    if (length < 1) {
      return false;
    }
    int flags = b[offset];
    into.frameStart = (flags & START) != 0;
    into.frameEnd = (flags & END) != 0;
    into.keyPicture = (flags & INTER_PICTURE) == 0;
    into.upperReference = (flags & NO_UPPER_REFERENCE) == 0;
    int at = offset + 1;
    if ((flags & PICTURE_ID) != 0) {
      at = pictureId(b, at, end, into);
    }
    if ((flags & LAYERS) != 0) {
      at = layers(b, at, end, (flags & FLEXIBLE) != 0, into);
    }
    if ((flags & FLEXIBLE) != 0 && (flags & INTER_PICTURE) != 0) {
      at = references(b, at, end);
    }
    if ((flags & SCALABILITY) != 0) {
      at = scalability(b, at, end, into);
    }
    if (at < 0 || at > end) {
      return false;
    }
    into.keyFrameStart = into.frameStart && into.keyPicture && into.spatialId == 0;
    return true;
  }

  private static int pictureId(byte[] b, int at, int end, FrameDescription into) {
    if (at >= end || ((b[at] & 0x80) != 0 && at + 1 >= end)) {
      return -1;
    }
    into.pictureIdAt = at;
    if ((b[at] & 0x80) == 0) {
      into.pictureId = b[at];
      into.pictureIdMask = 0x7f;
      return at + 1;
    }
    into.pictureId = BigEndian.u16(b, at) & 0x7fff;
    return at + 2;
  }

  private static int layers(byte[] b, int at, int end, boolean flexible, FrameDescription into) {
    if (at < 0 || at >= end) {
      return -1;
    }
    into.temporalId = (b[at] & 0xe0) >> 5;
    into.switchingPoint = (b[at] & 0x10) != 0;
    into.spatialId = (b[at] & 0x0e) >> 1;
    if (flexible) {
      return at + 1;
    }
    if (at + 1 >= end) {
      return -1;
    }
    into.tl0PicIdxAt = at + 1;
    into.tl0PicIdx = b[at + 1] & 0xff;
    return at + 2;
  }

  /** Skips the differences to the pictures that the frame needs. */
  private static int references(byte[] b, int start, int end) {
    int at = start;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      if (at < 0 || at >= end) {
        return -1;
      }
      if ((b[at++] & 0x01) == 0) {
        return at;
      }
    }
    return -1;
  }

  private static int scalability(byte[] b, int start, int end, FrameDescription into) {
    int at = start;
    if (at < 0 || at >= end) {
      return -1;
    }
    int flags = b[at++];
    int layers = (flags >> 5 & 0x07) + 1;
    Arrays.fill(into.heights, 0);
    if ((flags & 0x10) != 0) {
      if (end - at < 4 * layers) {
        return -1;
      }
      for (int i = 0; i < layers; i++, at += 4) {
        into.heights[i] = Math.min(BigEndian.u16(b, at), BigEndian.u16(b, at + 2));
      }
    }
    if ((flags & 0x08) != 0) {
      if (at >= end) {
        return -1;
      }
      int pictures = b[at++] & 0xff;
      for (int i = 0; i < pictures; i++) {
        if (at >= end) {
          return -1;
        }
        at += 1 + (b[at] >> 2 & 0x03);
      }
    }
    into.spatialLayers = layers;
    return at;
  }
}
