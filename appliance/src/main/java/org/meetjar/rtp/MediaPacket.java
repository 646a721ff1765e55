package org.meetjar.rtp;

import java.util.Arrays;

/**
 * The packet that is being forwarded: written once when it comes in, then adjusted in place for one
 * receiver after the other. One is used for many packets.
 *
 * <p>Layout: fixed header, no contributing sources, one extension block, payload without padding.
 * The block begins with places for the transport-wide sequence number and the absolute send time,
 * which every receiver gets of its own, then come the sender's extensions that pass through. Inside
 * here, and in a cache, the elements' identifiers are our own; {@link #stamp} sets the receiver's.
 * An element that the receiver has not negotiated is blanked with padding octets.
 */
public final class MediaPacket {
  /** The longest packet that is forwarded. */
  public static final int MAX_LENGTH = 1500;

  private static final int BLOCK_AT = RtpHeader.FIXED_LENGTH;
  private static final int MAX_BLOCK = 160;
  private static final int TCC = ExtensionKind.TRANSPORT_CC.index();
  private static final int AST = ExtensionKind.ABS_SEND_TIME.index();
  private static final ExtensionKind[] KINDS = ExtensionKind.values();

  /** Room for what our extension block may add and for the original sequence number of RTX. */
  private final byte[] data = new byte[MAX_LENGTH + MAX_BLOCK + 2];

  private final byte[] block = new byte[MAX_BLOCK];
  private final int[] elementAt = new int[ExtensionKind.COUNT];
  private final int[] elementLength = new int[ExtensionKind.COUNT];
  private final ExtensionReader reader = new ExtensionReader();
  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private int blockLength;
  private int length;
  private int payloadAt;
  private boolean twoByte;
  private boolean isVp8;
  private long sequence;
  private int timestamp;

  /**
   * Takes a valid packet in.
   *
   * @param extensions the sender's identifiers
   * @param sequence the packet's extended sequence number
   * @return false if it is too long
   */
  public boolean take(byte[] b, int offset, int size, ExtensionMap extensions, long sequence) {
    if (size > MAX_LENGTH) {
      return false;
    }
    int header = RtpHeader.length(b, offset);
    int payload = size - header - RtpHeader.padding(b, offset, size);
    System.arraycopy(b, offset, data, 0, RtpHeader.FIXED_LENGTH);
    data[0] = (byte) 0x90;
    writeBlock(b, offset, extensions);
    System.arraycopy(block, 0, data, BLOCK_AT, blockLength);
    payloadAt = BLOCK_AT + blockLength;
    System.arraycopy(b, offset + header, data, payloadAt, payload);
    length = payloadAt + payload;
    this.sequence = sequence;
    timestamp = RtpHeader.timestamp(data, 0);
    isVp8 = false;
    return true;
  }

  /** Reads the payload as VP8; false if it is not, and not empty. */
  public boolean parseVp8() {
    isVp8 = !isEmpty() && vp8.parse(data, payloadAt, length - payloadAt);
    return isVp8 || isEmpty();
  }

  /** Takes a packet from a cache. */
  void restore(byte[] cached, int size, long sequence, boolean vp8Payload) {
    System.arraycopy(cached, 0, data, 0, size);
    length = size;
    blockLength = 4 + 4 * BigEndian.u16(data, BLOCK_AT + 2);
    twoByte = BigEndian.u16(data, BLOCK_AT) != ExtensionReader.ONE_BYTE;
    payloadAt = BLOCK_AT + blockLength;
    System.arraycopy(data, BLOCK_AT, block, 0, blockLength);
    locateElements();
    this.sequence = sequence;
    timestamp = RtpHeader.timestamp(data, 0);
    isVp8 = false;
    if (vp8Payload) {
      parseVp8();
    }
  }

  /** Copies the packet in its internal form. */
  void save(byte[] into) {
    System.arraycopy(data, 0, into, 0, length);
  }

  private void writeBlock(byte[] b, int offset, ExtensionMap extensions) {
    Arrays.fill(elementLength, 0);
    twoByte = false;
    reader.start(b, offset);
    int total = 3 + 4;
    while (reader.next()) {
      int kind = extensions.kind(reader.id);
      if (kind >= 0
          && KINDS[kind].passesThrough()
          && reader.dataLength > 0
          && elementLength[kind] == 0
          && total + 1 + reader.dataLength < 128) {
        elementAt[kind] = reader.dataOffset;
        elementLength[kind] = reader.dataLength;
        total += 1 + reader.dataLength;
        twoByte |= reader.dataLength > 16;
      }
    }
    BigEndian.put16(block, 0, twoByte ? ExtensionReader.TWO_BYTE : ExtensionReader.ONE_BYTE);
    int at = element(4, TCC, 2) + 2;
    BigEndian.put16(block, at - 2, 0);
    at = element(at, AST, 3) + 3;
    BigEndian.put24(block, at - 3, 0);
    for (int kind = AST + 1; kind < elementLength.length; kind++) {
      int size = elementLength[kind];
      if (size > 0) {
        int from = elementAt[kind];
        int to = element(at, kind, size);
        System.arraycopy(b, from, block, to, size);
        at = to + size;
      }
    }
    while (at % 4 != 0) {
      block[at++] = 0;
    }
    blockLength = at;
    BigEndian.put16(block, 2, (at - 4) / 4);
  }

  private int element(int at, int kind, int size) {
    elementAt[kind] = at;
    elementLength[kind] = size;
    if (twoByte) {
      block[at] = (byte) (kind + 1);
      block[at + 1] = (byte) size;
      return at + 2;
    }
    block[at] = (byte) ((kind + 1) << 4 | (size - 1));
    return at + 1;
  }

  private void locateElements() {
    Arrays.fill(elementLength, 0);
    reader.start(data, 0);
    while (reader.next()) {
      int kind = reader.id - 1;
      if (kind >= 0 && kind < elementLength.length) {
        elementAt[kind] = reader.dataOffset - BLOCK_AT - (twoByte ? 2 : 1);
        elementLength[kind] = reader.dataLength;
      }
    }
  }

  /**
   * Writes the extensions as a receiver has negotiated them.
   *
   * @param transportSequence transport-wide sequence number, modulo 65536
   * @param absSendTime 6.18 fixed point seconds, 24 bits
   */
  public void stamp(ExtensionMap receiver, int transportSequence, int absSendTime) {
    System.arraycopy(block, 0, data, BLOCK_AT, blockLength);
    int head = twoByte ? 2 : 1;
    for (int kind = 0; kind < elementLength.length; kind++) {
      int size = elementLength[kind];
      if (size == 0) {
        continue;
      }
      int at = BLOCK_AT + elementAt[kind];
      int id = receiver.id(KINDS[kind]);
      if (id == 0) {
        Arrays.fill(data, at, at + head + size, (byte) 0);
      } else if (twoByte) {
        data[at] = (byte) id;
      } else {
        data[at] = (byte) (id << 4 | (size - 1));
      }
      if (id != 0 && kind == TCC) {
        BigEndian.put16(data, at + head, transportSequence);
      } else if (id != 0 && kind == AST) {
        BigEndian.put24(data, at + head, absSendTime);
      }
    }
  }

  /** Makes it a retransmission, RFC 4588 section 4: the header's sequence number moves inside. */
  public void wrapInRtx(int ssrc, int payloadType, int sequence) {
    System.arraycopy(data, payloadAt, data, payloadAt + 2, length - payloadAt);
    data[payloadAt] = data[2];
    data[payloadAt + 1] = data[3];
    length += 2;
    RtpHeader.ssrc(data, 0, ssrc);
    RtpHeader.payloadType(data, 0, payloadType);
    RtpHeader.sequence(data, 0, sequence);
  }

  void rewrite(int outSequence, int outTimestamp) {
    RtpHeader.sequence(data, 0, outSequence);
    RtpHeader.timestamp(data, 0, outTimestamp);
  }

  void rewriteVp8(int pictureId, int tl0PicIdx) {
    vp8.writePictureId(data, pictureId);
    vp8.writeTl0PicIdx(data, tl0PicIdx);
  }

  public void ssrc(int ssrc) {
    RtpHeader.ssrc(data, 0, ssrc);
  }

  /** The bytes, valid from 0 to {@link #length}. */
  public byte[] bytes() {
    return data;
  }

  public int length() {
    return length;
  }

  public int payloadOffset() {
    return payloadAt;
  }

  /** Whether there is no payload: padding only. */
  public boolean isEmpty() {
    return length == payloadAt;
  }

  /** The extended sequence number as it came in. */
  public long sequence() {
    return sequence;
  }

  /** The timestamp as it came in. */
  public int timestamp() {
    return timestamp;
  }

  public int payloadType() {
    return RtpHeader.payloadType(data, 0);
  }

  /** Whether the payload was read as VP8; otherwise {@link #vp8} means nothing. */
  public boolean isVp8() {
    return isVp8;
  }

  public Vp8Descriptor vp8() {
    return vp8;
  }
}
