package org.meetjar.srtp;

/**
 * Opens what arrives from one direction. Belongs to one thread at a time. A packet changes what is
 * remembered only after its authentication; replays are dropped.
 */
public final class SrtpReceiver {
  /** The buffer holds no packet of that kind. */
  public static final int MALFORMED = -1;

  /** The packet was seen before, or is too old to know. */
  public static final int REPLAYED = -2;

  /** The tag does not match. */
  public static final int NOT_AUTHENTIC = -3;

  /** Authentic, but the direction has as many SSRCs as it may have. */
  public static final int TOO_MANY_SSRCS = -4;

  private final PacketCipher cipher;
  private final int tagBytes;
  private final SsrcTable rtpStreams;
  private final SsrcTable rtcpStreams;

  /**
   * @param maxSsrcs how many SSRCs this direction may ever use, RTP and RTCP counted apart; each
   *     costs about 100 bytes
   */
  public SrtpReceiver(SrtpKeys keys, int maxSsrcs) {
    cipher = PacketCipher.of(keys);
    // The index stands behind the tag in GCM, before it otherwise.
    tagBytes = keys.profile() == SrtpProfile.AEAD_AES_128_GCM ? 0 : keys.profile().tagBytes();
    rtpStreams = new SsrcTable(maxSsrcs);
    rtcpStreams = new SsrcTable(maxSsrcs);
  }

  /**
   * Opens an SRTP packet in place.
   *
   * @return the length of the RTP packet, or one of the negative constants
   */
  public int unprotectRtp(byte[] buffer, int offset, int length) {
    int header = Packets.rtpHeaderLength(buffer, offset, length);
    if (header < 0) {
      return MALFORMED;
    }
    int ssrc = Packets.int32(buffer, offset + 8);
    ReplayWindow known = rtpStreams.find(ssrc);
    long highest = known == null ? -1 : known.highest();
    long index = Packets.index(highest, Packets.uint16(buffer, offset + 2));
    if (index < 0 || (known != null && !known.isFresh(index))) {
      return REPLAYED;
    }
    int plain = cipher.unprotectRtp(buffer, offset, length, header, index);
    return plain < 0 ? plain : remember(rtpStreams, known, ssrc, index, plain);
  }

  /** Opens an SRTCP packet in place, as {@link #unprotectRtp}. */
  public int unprotectRtcp(byte[] buffer, int offset, int length) {
    int trailerAt = length - tagBytes - 4;
    if (trailerAt < Packets.RTCP_HEADER_BYTES || (buffer[offset] & 0xC0) != 0x80) {
      return MALFORMED;
    }
    int ssrc = Packets.int32(buffer, offset + 4);
    int trailer = Packets.int32(buffer, offset + trailerAt);
    long index = trailer & 0x7FFF_FFFF;
    ReplayWindow known = rtcpStreams.find(ssrc);
    if (known != null && !known.isFresh(index)) {
      return REPLAYED;
    }
    int plain = cipher.unprotectRtcp(buffer, offset, length, trailer);
    return plain < 0 ? plain : remember(rtcpStreams, known, ssrc, index, plain);
  }

  private static int remember(
      SsrcTable streams, ReplayWindow known, int ssrc, long index, int plain) {
    ReplayWindow window = known;
    if (window == null) {
      if (streams.isFull()) {
        return TOO_MANY_SSRCS;
      }
      window = new ReplayWindow();
      streams.add(ssrc, window);
    }
    window.mark(index);
    return plain;
  }

  /** How many SSRCs have sent authentic RTP. */
  public int ssrcCount() {
    return rtpStreams.size();
  }
}
