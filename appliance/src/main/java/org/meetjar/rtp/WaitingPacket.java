package org.meetjar.rtp;

/**
 * A packet that has waited in a {@link PacketQueue}: stamped when it came, and once more, with what
 * is true now, when it leaves. One is used for many packets.
 */
public final class WaitingPacket {
  /** Our extension blocks begin with the two elements that are every receiver's own. */
  private static final int ELEMENTS_AT = RtpHeader.FIXED_LENGTH + 4;

  private static final int NUMBER_OCTETS = 2;

  private final byte[] data = new byte[MediaPacket.MAX_SAVED_LENGTH];
  private int length;

  void take(byte[] packet, int size) {
    System.arraycopy(packet, 0, data, 0, size);
    length = size;
  }

  /**
   * Says anew when it leaves.
   *
   * @param receiver the identifiers that it was stamped with before
   * @param transportSequence transport-wide sequence number, modulo 65536
   * @param absSendTime 6.18 fixed point seconds, 24 bits
   */
  public void stamp(ExtensionMap receiver, int transportSequence, int absSendTime) {
    boolean oneByte = BigEndian.u16(data, RtpHeader.FIXED_LENGTH) == ExtensionReader.ONE_BYTE;
    int head = oneByte ? 1 : 2;
    if (receiver.id(ExtensionKind.TRANSPORT_CC) != 0) {
      BigEndian.put16(data, ELEMENTS_AT + head, transportSequence);
    }
    if (receiver.id(ExtensionKind.ABS_SEND_TIME) != 0) {
      BigEndian.put24(data, ELEMENTS_AT + 2 * head + NUMBER_OCTETS, absSendTime);
    }
  }

  /** The bytes, valid from 0 to {@link #length}. */
  public byte[] bytes() {
    return data;
  }

  public int length() {
    return length;
  }
}
