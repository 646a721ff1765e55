package org.meetjar.rtp;

import java.util.Map;

/** Makes packets for tests. */
public final class Packets {
  public static final int VP8 = 100;
  public static final int RTX = 96;
  public static final int OPUS = 111;

  private Packets() {}

  /** An RTP packet with a payload and no extension. */
  public static byte[] rtp(
      int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte... payload) {
    byte[] packet = new byte[12 + payload.length];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) ((marker ? 0x80 : 0) | payloadType);
    BigEndian.put16(packet, 2, sequence);
    BigEndian.put32(packet, 4, timestamp);
    BigEndian.put32(packet, 8, ssrc);
    System.arraycopy(payload, 0, packet, 12, payload.length);
    return packet;
  }

  /** The same packet with a block of one-byte extensions: identifier, value, identifier, value. */
  public static byte[] withExtensions(byte[] packet, Map<Integer, byte[]> elements) {
    int size = elements.values().stream().mapToInt(value -> 1 + value.length).sum();
    int padded = size + 3 & ~3;
    byte[] result = new byte[packet.length + 4 + padded];
    System.arraycopy(packet, 0, result, 0, 12);
    result[0] |= 0x10;
    BigEndian.put16(result, 12, 0xbede);
    BigEndian.put16(result, 14, padded / 4);
    int at = 16;
    for (Map.Entry<Integer, byte[]> element : elements.entrySet()) {
      result[at++] = (byte) (element.getKey() << 4 | element.getValue().length - 1);
      System.arraycopy(element.getValue(), 0, result, at, element.getValue().length);
      at += element.getValue().length;
    }
    System.arraycopy(packet, 12, result, 16 + padded, packet.length - 12);
    return result;
  }

  /** The same packet with one element of any length, in the two-byte form. */
  static byte[] withLongExtension(byte[] packet, int id, byte... element) {
    int padded = 2 + element.length + 3 & ~3;
    byte[] result = new byte[packet.length + 4 + padded];
    System.arraycopy(packet, 0, result, 0, 12);
    result[0] |= 0x10;
    BigEndian.put16(result, 12, 0x1000);
    BigEndian.put16(result, 14, padded / 4);
    result[16] = (byte) id;
    result[17] = (byte) element.length;
    System.arraycopy(element, 0, result, 18, element.length);
    System.arraycopy(packet, 12, result, 16 + padded, packet.length - 12);
    return result;
  }

  /**
   * A VP8 payload with 15-bit picture ID, TL0PICIDX and temporal layer.
   *
   * @param keyHeight height of a key frame, 0 for another frame
   * @param body a mark to know the packet by
   */
  public static byte[] vp8(
      boolean start,
      int pictureId,
      int tl0PicIdx,
      int temporalId,
      boolean sync,
      int keyHeight,
      int body) {
    byte[] payload = new byte[20];
    payload[0] = (byte) (0x80 | (start ? 0x10 : 0));
    payload[1] = (byte) 0xe0;
    BigEndian.put16(payload, 2, 0x8000 | (pictureId & 0x7fff));
    payload[4] = (byte) tl0PicIdx;
    payload[5] = (byte) (temporalId << 6 | (sync ? 0x20 : 0));
    payload[6] = (byte) (keyHeight > 0 ? 0x10 : 0x11);
    if (start && keyHeight > 0) {
      payload[9] = (byte) 0x9d;
      payload[10] = 0x01;
      payload[11] = 0x2a;
      int width = keyHeight * 16 / 9;
      payload[12] = (byte) width;
      payload[13] = (byte) (width >> 8);
      payload[14] = (byte) keyHeight;
      payload[15] = (byte) (keyHeight >> 8);
    }
    BigEndian.put32(payload, 16, body);
    return payload;
  }

  /** The mark of a VP8 packet made here, or of one that was forwarded. */
  public static int mark(byte[] packet, int length) {
    return BigEndian.i32(packet, length - 4);
  }
}
