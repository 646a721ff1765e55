package org.meetjar.rtp;

/** Redundant audio data, RFC 2198 section 3: earlier blocks first, the packet's own sound last. */
final class RedPayload {
  private static final int HEADER_LENGTH = 4;

  private RedPayload() {}

  /**
   * Where the last block's header is, whose lower seven bits are the payload type.
   *
   * @param end where the packet ends
   * @return the place, or -1 when the headers are cut off
   */
  static int primaryHeader(byte[] b, int offset, int end) {
    int at = offset;
    while (at < end && (b[at] & 0x80) != 0) {
      at += HEADER_LENGTH;
    }
    return at < end ? at : -1;
  }

  /** Where the last block begins, or -1 when it is not there. */
  static int primary(byte[] b, int offset, int end) {
    int header = primaryHeader(b, offset, end);
    if (header < 0) {
      return -1;
    }
    int at = header + 1;
    for (int i = offset; i < header; i += HEADER_LENGTH) {
      at += BigEndian.u16(b, i + 2) & 0x3ff;
    }
    return at <= end ? at : -1;
  }
}
