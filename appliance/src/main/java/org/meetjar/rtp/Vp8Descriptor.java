package org.meetjar.rtp;

/**
 * The VP8 payload descriptor of the packet that was parsed last, RFC 7741 section 4.2, and what the
 * head of a key frame says (RFC 6386 section 9.1). One is used for many packets.
 */
public final class Vp8Descriptor {
  private int pictureIdAt;
  private int pictureIdMask;
  private int tl0PicIdxAt;

  /** Octets of the descriptor. */
  int size;

  /** Whether the packet is the first of a frame. */
  boolean frameStart;

  /** Whether the packet is the first of a key frame. */
  boolean keyFrameStart;

  /** -1 when there is none. */
  int pictureId;

  /** -1 when there is none. */
  int tl0PicIdx;

  /** 0 when there is none. */
  int temporalId;

  /** The frame depends on the base layer only. */
  boolean layerSync;

  /** Of a key frame's first packet, else 0. */
  int width;

  int height;

  /** Reads a payload; false if it is not one. */
  public boolean parse(byte[] b, int offset, int length) {
    clear();
    int end = offset + length;
    int at = offset;
    if (length < 1) {
      return false;
    }
    int first = b[at++] & 0xff;
    frameStart = (first & 0x1f) == 0x10;
    if ((first & 0x80) != 0) {
      if (at >= end) {
        return false;
      }
      at = extension(b, at, end);
      if (at < 0) {
        return false;
      }
    }
    if (at > end) {
      return false;
    }
    size = at - offset;
    keyFrame(b, at, end);
    return true;
  }

  private int extension(byte[] b, int start, int end) {
    int at = start;
    int flags = b[at++] & 0xff;
    if ((flags & 0x80) != 0) {
      if (at >= end) {
        return -1;
      }
      pictureIdAt = at;
      pictureId = b[at++] & 0xff;
      pictureIdMask = 0x7f;
      if ((pictureId & 0x80) != 0) {
        if (at >= end) {
          return -1;
        }
        pictureIdMask = 0x7fff;
        pictureId = ((pictureId & 0x7f) << 8) | (b[at++] & 0xff);
      }
    }
    if ((flags & 0x40) != 0) {
      if (at >= end) {
        return -1;
      }
      tl0PicIdxAt = at;
      tl0PicIdx = b[at++] & 0xff;
    }
    if ((flags & 0x30) != 0) {
      if (at >= end) {
        return -1;
      }
      if ((flags & 0x20) != 0) {
        temporalId = (b[at] & 0xc0) >> 6;
        layerSync = (b[at] & 0x20) != 0;
      }
      at++;
    }
    return at;
  }

  private void keyFrame(byte[] b, int at, int end) {
    if (!frameStart || at >= end || (b[at] & 0x01) != 0) {
      return;
    }
    keyFrameStart = true;
    if (end - at >= 10 && b[at + 3] == (byte) 0x9d && b[at + 4] == 0x01 && b[at + 5] == 0x2a) {
      width = ((b[at + 7] & 0x3f) << 8) | (b[at + 6] & 0xff);
      height = ((b[at + 9] & 0x3f) << 8) | (b[at + 8] & 0xff);
    }
  }

  private void clear() {
    size = 0;
    frameStart = false;
    keyFrameStart = false;
    pictureId = -1;
    pictureIdAt = -1;
    pictureIdMask = 0x7fff;
    tl0PicIdx = -1;
    tl0PicIdxAt = -1;
    temporalId = 0;
    layerSync = false;
    width = 0;
    height = 0;
  }

  /** Says in no codec's words what was read. */
  void describe(FrameDescription into) {
    into.frameStart = frameStart;
    into.keyFrameStart = keyFrameStart;
    into.keyPicture = keyFrameStart;
    into.temporalId = temporalId;
    into.switchingPoint = layerSync;
    into.pictureId = pictureId;
    into.pictureIdAt = pictureIdAt;
    into.pictureIdMask = pictureIdMask;
    into.tl0PicIdx = tl0PicIdx;
    into.tl0PicIdxAt = tl0PicIdxAt;
    if (height > 0) {
      into.height(width, height);
    }
  }

  public boolean frameStart() {
    return frameStart;
  }

  public boolean keyFrameStart() {
    return keyFrameStart;
  }

  public int pictureId() {
    return pictureId;
  }

  public int tl0PicIdx() {
    return tl0PicIdx;
  }

  public int temporalId() {
    return temporalId;
  }

  public boolean layerSync() {
    return layerSync;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public int size() {
    return size;
  }
}
