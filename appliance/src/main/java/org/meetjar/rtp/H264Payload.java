package org.meetjar.rtp;

/**
 * H.264 as RFC 6184 packs it, in its single NAL unit and non-interleaved modes: whether a packet
 * begins a key frame, and the picture's size from the sequence parameter set.
 */
final class H264Payload {
  private static final int IDR = 5;
  private static final int PARAMETERS = 7;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private final BitReader bits = new BitReader();
  private final H264Parameters parameters = new H264Parameters();

  /** Reads a payload; false if it is not one. */
  boolean read(byte[] b, int offset, int length, CodecState state, FrameDescription into) {
    if (length < 1) {
      return false;
    }
    int type = b[offset] & 0x1f;
    if (type == STAP_A) {
      return aggregate(b, offset + 1, offset + length, state, into);
    }
    if (type == FU_A) {
      if (length < 2) {
        return false;
      }
      if ((b[offset + 1] & 0x80) != 0) {
        unit(b[offset + 1] & 0x1f, b, offset + 2, length - 2, state, into);
      }
      return true;
    }
    unit(type, b, offset + 1, length - 1, state, into);
    return true;
  }

  private boolean aggregate(byte[] b, int start, int end, CodecState state, FrameDescription into) {
    int at = start;
    while (at < end) {
      if (end - at < 3) {
        return false;
      }
      int size = BigEndian.u16(b, at);
      at += 2;
      if (size == 0 || size > end - at) {
        return false;
      }
      unit(b[at] & 0x1f, b, at + 1, size - 1, state, into);
      at += size;
    }
    return true;
  }

  /** One NAL unit, or the beginning of one, without its first octet. */
  private void unit(
      int type, byte[] b, int offset, int length, CodecState state, FrameDescription into) {
    if (type == PARAMETERS) {
      state.parameterSets = true;
      into.keyFrameStart = true;
      into.keyPicture = true;
      if (parameters.read(b, offset, length, bits)) {
        into.height(parameters.width(), parameters.height());
      }
    } else if (type == IDR) {
      into.keyPicture = true;
      // Without parameter sets in the stream its first slice begins the key frame.
      boolean first = length > 0 && (b[offset] & 0x80) != 0;
      into.keyFrameStart |= first && !state.parameterSets;
    }
  }
}
