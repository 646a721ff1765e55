package org.meetjar.rtp;

import java.util.Arrays;

/**
 * A packet of a retransmission stream that retransmits nothing: padding only (RFC 3550 section
 * 5.1). Of use to find out what a path carries. One is used for many packets.
 */
public final class PaddingPacket {
  /** Of padding in one packet; the last octet says how many there are. */
  public static final int MAX_OCTETS = 255;

  private static final int BLOCK_AT = RtpHeader.FIXED_LENGTH;
  private static final int ELEMENTS_AT = BLOCK_AT + 4;

  /** Three octets with the transport-wide number, four with the time, one to fill a word. */
  private static final int PADDING_AT = ELEMENTS_AT + 8;

  private final byte[] data = new byte[PADDING_AT + MAX_OCTETS];

  /**
   * Writes it anew, {@link #stamp} excepted.
   *
   * @param ssrc of the retransmission stream
   * @param payloadType of retransmissions
   */
  public void write(int ssrc, int payloadType, int sequence, int timestamp) {
    data[0] = (byte) 0xb0;
    data[1] = (byte) payloadType;
    RtpHeader.sequence(data, 0, sequence);
    RtpHeader.timestamp(data, 0, timestamp);
    RtpHeader.ssrc(data, 0, ssrc);
    BigEndian.put16(data, BLOCK_AT, ExtensionReader.ONE_BYTE);
    BigEndian.put16(data, BLOCK_AT + 2, 2);
    data[data.length - 1] = (byte) MAX_OCTETS;
  }

  /**
   * Writes the extensions as a receiver has negotiated them.
   *
   * @param transportSequence transport-wide sequence number, modulo 65536
   * @param absSendTime 6.18 fixed point seconds, 24 bits
   */
  public void stamp(ExtensionMap receiver, int transportSequence, int absSendTime) {
    Arrays.fill(data, ELEMENTS_AT, PADDING_AT, (byte) 0);
    int transportId = receiver.id(ExtensionKind.TRANSPORT_CC);
    if (transportId != 0) {
      data[ELEMENTS_AT] = (byte) (transportId << 4 | 1);
      BigEndian.put16(data, ELEMENTS_AT + 1, transportSequence);
    }
    int timeId = receiver.id(ExtensionKind.ABS_SEND_TIME);
    if (timeId != 0) {
      data[ELEMENTS_AT + 3] = (byte) (timeId << 4 | 2);
      BigEndian.put24(data, ELEMENTS_AT + 4, absSendTime);
    }
  }

  /** The bytes, all of which are the packet. */
  public byte[] bytes() {
    return data;
  }

  public int length() {
    return data.length;
  }
}
