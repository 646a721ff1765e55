package org.meetjar.rtp;

import java.util.Arrays;

/**
 * The header extensions of the packet that is being forwarded. The block begins with places for the
 * transport-wide sequence number and the absolute send time, which every receiver gets of its own,
 * then come the sender's extensions that pass through, the dependency descriptor last. In here, and
 * in a cache, the elements' identifiers are our own; {@link #stamp} sets the receiver's. An element
 * that the receiver has not negotiated is blanked with padding octets.
 */
final class ExtensionBlock {
  static final int MAX_LENGTH = 320;

  private static final int BLOCK_AT = RtpHeader.FIXED_LENGTH;
  private static final int MAX_ELEMENTS = 280;
  private static final int TCC = ExtensionKind.TRANSPORT_CC.index();
  private static final int AST = ExtensionKind.ABS_SEND_TIME.index();
  private static final int DD = ExtensionKind.DEPENDENCY_DESCRIPTOR.index();
  private static final ExtensionKind[] KINDS = ExtensionKind.values();

  private final byte[] block = new byte[MAX_LENGTH];
  private final int[] elementAt = new int[ExtensionKind.COUNT];
  private final int[] elementLength = new int[ExtensionKind.COUNT];
  private final ExtensionReader reader = new ExtensionReader();
  private int blockLength;
  private boolean twoByte;

  /**
   * Takes over what a valid packet has, and writes it into another packet.
   *
   * @param extensions the sender's identifiers
   * @return the block's length
   */
  int take(byte[] b, int offset, ExtensionMap extensions, byte[] into) {
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
          && total + 2 + reader.dataLength < MAX_ELEMENTS) {
        elementAt[kind] = reader.dataOffset;
        elementLength[kind] = reader.dataLength;
        total += 2 + reader.dataLength;
        twoByte |= reader.dataLength > 16;
      }
    }
    BigEndian.put16(block, 0, twoByte ? ExtensionReader.TWO_BYTE : ExtensionReader.ONE_BYTE);
    int at = element(4, TCC, 2) + 2;
    BigEndian.put16(block, at - 2, 0);
    at = element(at, AST, 3) + 3;
    BigEndian.put24(block, at - 3, 0);
    for (int kind = AST + 1; kind < elementLength.length; kind++) {
      if (kind != DD) {
        at = copy(b, kind, at);
      }
    }
    boolean structured = elementLength[DD] > DescriptorEdit.SHORT;
    at = copy(b, DD, at);
    // A receiver's descriptor may be longer than the sender's; the rest is padding.
    for (int i = 0; structured && i < DescriptorEdit.GROWTH; i++) {
      block[at++] = 0;
    }
    while (at % 4 != 0) {
      block[at++] = 0;
    }
    blockLength = at;
    BigEndian.put16(block, 2, (at - 4) / 4);
    System.arraycopy(block, 0, into, BLOCK_AT, blockLength);
    return blockLength;
  }

  private int copy(byte[] b, int kind, int at) {
    int size = elementLength[kind];
    if (size == 0) {
      return at;
    }
    int from = elementAt[kind];
    int to = element(at, kind, size);
    System.arraycopy(b, from, block, to, size);
    return to + size;
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

  /** Takes over the block of a packet in its internal form; says its length. */
  int restore(byte[] data) {
    blockLength = 4 + 4 * BigEndian.u16(data, BLOCK_AT + 2);
    twoByte = BigEndian.u16(data, BLOCK_AT) != ExtensionReader.ONE_BYTE;
    System.arraycopy(data, BLOCK_AT, block, 0, blockLength);
    Arrays.fill(elementLength, 0);
    reader.start(data, 0);
    while (reader.next()) {
      int kind = reader.id - 1;
      if (kind >= 0 && kind < elementLength.length) {
        elementAt[kind] = reader.dataOffset - BLOCK_AT - (twoByte ? 2 : 1);
        elementLength[kind] = reader.dataLength;
      }
    }
    return blockLength;
  }

  boolean hasDescriptor() {
    return elementLength[DD] > 0;
  }

  /** Reads the dependency descriptor, which must be there. */
  void readDescriptor(
      DependencyDescriptor into, DependencyState state, long sequence, boolean fresh) {
    into.read(block, elementAt[DD] + (twoByte ? 2 : 1), elementLength[DD], state, sequence, fresh);
  }

  /**
   * Writes the extensions as a receiver has negotiated them.
   *
   * @param data the packet
   * @param transportSequence transport-wide sequence number, modulo 65536
   * @param absSendTime 6.18 fixed point seconds, 24 bits
   * @param edit what to change in the dependency descriptor; null leaves it out
   */
  void stamp(
      byte[] data,
      ExtensionMap receiver,
      int transportSequence,
      int absSendTime,
      DependencyDescriptor dependencies,
      DescriptorEdit edit) {
    System.arraycopy(block, 0, data, BLOCK_AT, blockLength);
    int head = twoByte ? 2 : 1;
    for (int kind = 0; kind < elementLength.length; kind++) {
      int size = elementLength[kind];
      if (size == 0) {
        continue;
      }
      int at = BLOCK_AT + elementAt[kind];
      int id = kind == DD && edit == null ? 0 : receiver.id(KINDS[kind]);
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
      } else if (id != 0 && kind == DD) {
        edit.apply(dependencies, data, at, head, size);
      }
    }
  }
}
