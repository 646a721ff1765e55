package org.meetjar.rtp;

/** Retransmissions in a stream of their own, RFC 4588. */
public final class Rtx {
  private Rtx() {}

  /**
   * Makes the retransmission the packet that it repeats, in place: the header moves two octets
   * towards the payload, over the original sequence number. The packet then begins at {@code offset
   * + 2} and is two octets shorter.
   *
   * @return false if it holds no packet: padding only
   */
  public static boolean unwrap(
      byte[] b, int offset, int length, int mediaSsrc, int mediaPayloadType) {
    int header = RtpHeader.length(b, offset);
    if (length - header - RtpHeader.padding(b, offset, length) < 2) {
      return false;
    }
    int original = BigEndian.u16(b, offset + header);
    System.arraycopy(b, offset, b, offset + 2, header);
    RtpHeader.sequence(b, offset + 2, original);
    RtpHeader.ssrc(b, offset + 2, mediaSsrc);
    RtpHeader.payloadType(b, offset + 2, mediaPayloadType);
    return true;
  }
}
