package org.meetjar.rtp;

/** The picture's size in a sequence parameter set, ITU-T H.264 section 7.3.2.1.1. */
final class H264Parameters {
  private static final int MAX_LENGTH = 256;
  private static final int MAX_SIDE = 16384;

  private final byte[] payload = new byte[MAX_LENGTH];
  private int width;
  private int height;

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Reads the set from behind its NAL unit header; false if it has no size that makes sense. */
  boolean read(byte[] b, int offset, int length, BitReader bits) {
    bits.start(payload, 0, withoutEmulation(b, offset, length));
    int profile = bits.bits(8);
    bits.bits(16);
    bits.expGolomb();
    int chroma = 1;
    if (hasChroma(profile)) {
      chroma = bits.expGolomb();
      if (chroma == 3 && bits.flag()) {
        chroma = 0;
      }
      bits.expGolomb();
      bits.expGolomb();
      bits.bits(1);
      if (bits.flag()) {
        scalingLists(bits, chroma == 3 ? 12 : 8);
      }
    }
    bits.expGolomb();
    pictureOrder(bits);
    bits.expGolomb();
    bits.bits(1);
    long columns = bits.expGolomb() + 1L;
    long rows = bits.expGolomb() + 1L;
    boolean framesOnly = bits.flag();
    if (!framesOnly) {
      bits.bits(1);
      rows *= 2;
    }
    bits.bits(1);
    long cutColumns = 0;
    long cutRows = 0;
    if (bits.flag()) {
      int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      int unitY = (chroma == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
      cutColumns = ((long) bits.expGolomb() + bits.expGolomb()) * unitX;
      cutRows = ((long) bits.expGolomb() + bits.expGolomb()) * unitY;
    }
    long wide = columns * 16 - cutColumns;
    long high = rows * 16 - cutRows;
    if (bits.failed() || wide < 1 || high < 1 || wide > MAX_SIDE || high > MAX_SIDE) {
      return false;
    }
    width = (int) wide;
    height = (int) high;
    return true;
  }

  private static boolean hasChroma(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static void scalingLists(BitReader bits, int lists) {
    for (int i = 0; i < lists; i++) {
      if (bits.flag()) {
        int last = 8;
        int next = 8;
        for (int j = 0; j < (i < 6 ? 16 : 64) && !bits.failed(); j++) {
          if (next != 0) {
            next = last + bits.signedExpGolomb() & 0xff;
          }
          last = next == 0 ? last : next;
        }
      }
    }
  }

  private static void pictureOrder(BitReader bits) {
    int type = bits.expGolomb();
    if (type == 0) {
      bits.expGolomb();
    } else if (type == 1) {
      bits.bits(1);
      bits.signedExpGolomb();
      bits.signedExpGolomb();
      int frames = bits.expGolomb();
      for (int i = 0; i < frames && !bits.failed(); i++) {
        bits.signedExpGolomb();
      }
    }
  }

  /** Copies the octets without those that only keep start codes from occurring. */
  private int withoutEmulation(byte[] b, int offset, int length) {
    int size = 0;
    int zeros = 0;
    for (int i = 0; i < length && size < MAX_LENGTH; i++) {
      byte octet = b[offset + i];
      if (zeros >= 2 && octet == 3) {
        zeros = 0;
      } else {
        zeros = octet == 0 ? zeros + 1 : 0;
        payload[size++] = octet;
      }
    }
    return size;
  }
}
