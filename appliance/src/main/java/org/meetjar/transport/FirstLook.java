package org.meetjar.transport;

/** What a datagram is by its first bytes, RFC 7983; RTP and RTCP apart by RFC 5761. */
enum FirstLook {
  STUN,
  DTLS,
  RTP,
  RTCP,
  /** ZRTP, TURN channels, QUIC, and what is nothing at all: dropped. */
  OTHER;

  static FirstLook at(byte[] buffer, int offset, int length) {
    if (length < 2) {
      return OTHER;
    }
    int first = buffer[offset] & 0xFF;
    if (first >= 128 && first <= 191) {
      int second = buffer[offset + 1] & 0xFF;
      return second >= 192 && second <= 223 ? RTCP : RTP;
    }
    if (first <= 3) {
      return STUN;
    }
    return first >= 20 && first <= 63 ? DTLS : OTHER;
  }
}
