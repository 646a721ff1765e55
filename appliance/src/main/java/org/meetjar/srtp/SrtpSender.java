package org.meetjar.srtp;

/**
 * Protects what is sent in one direction. Belongs to one thread at a time.
 *
 * <p>No nonce is ever used twice: an index of a stream is protected once. Sequence numbers may come
 * a little out of order, as their source sent them; one that was protected before, or lies further
 * back than the window, is refused. A retransmission is a packet of the RTX stream (RFC 4588).
 */
public final class SrtpSender {
  /** The buffer holds no packet of that kind. */
  public static final int MALFORMED = -1;

  /** The packet's index was used before, or is too old to know. */
  public static final int INDEX_USED = -2;

  /** The direction has as many SSRCs as it may have. */
  public static final int TOO_MANY_SSRCS = -4;

  private final PacketCipher cipher;
  private final SsrcTable streams;
  private int rtcpIndex;

  /**
   * @param maxSsrcs how many SSRCs this direction may ever use; each costs about 100 bytes
   */
  public SrtpSender(SrtpKeys keys, int maxSsrcs) {
    cipher = PacketCipher.of(keys);
    streams = new SsrcTable(maxSsrcs);
  }

  /**
   * Protects an RTP packet in place.
   *
   * @param buffer with at least {@link SrtpProfile#MAX_OVERHEAD_BYTES} of room after the packet
   * @return the new length, or one of the negative constants
   */
  public int protectRtp(byte[] buffer, int offset, int length) {
    int header = Packets.rtpHeaderLength(buffer, offset, length);
    if (header < 0) {
      return MALFORMED;
    }
    int ssrc = Packets.int32(buffer, offset + 8);
    ReplayWindow window = streams.find(ssrc);
    if (window == null) {
      if (streams.isFull()) {
        return TOO_MANY_SSRCS;
      }
      window = new ReplayWindow();
      streams.add(ssrc, window);
    }
    long index = Packets.index(window.highest(), Packets.uint16(buffer, offset + 2));
    if (!window.isFresh(index)) {
      return INDEX_USED;
    }
    window.mark(index);
    return cipher.protectRtp(buffer, offset, length, header, index);
  }

  /**
   * Protects a compound RTCP packet in place, as {@link #protectRtp}. All SSRCs share one index, so
   * that none repeats.
   */
  public int protectRtcp(byte[] buffer, int offset, int length) {
    if (length < Packets.RTCP_HEADER_BYTES || (buffer[offset] & 0xC0) != 0x80) {
      return MALFORMED;
    }
    if (rtcpIndex == Integer.MAX_VALUE) {
      return INDEX_USED;
    }
    rtcpIndex++;
    return cipher.protectRtcp(buffer, offset, length, rtcpIndex);
  }

  /** How many SSRCs have been used. */
  public int ssrcCount() {
    return streams.size();
  }
}
