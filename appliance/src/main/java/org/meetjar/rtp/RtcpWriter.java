package org.meetjar.rtp;

import java.nio.charset.StandardCharsets;

/**
 * Writes one compound RTCP packet after the other into the same buffer. Each method appends a
 * packet and reports false, having written nothing, when there is no room.
 */
public final class RtcpWriter {
  /** What fits into one datagram on any path. */
  public static final int CAPACITY = 1200;

  private final byte[] buffer = new byte[CAPACITY];
  private int length;
  private int blocksAt;

  public void clear() {
    length = 0;
  }

  public byte[] bytes() {
    return buffer;
  }

  public int length() {
    return length;
  }

  /**
   * RFC 3550 section 6.4.1, without report blocks.
   *
   * @param ntp 32.32 fixed point seconds
   */
  public boolean senderReport(int ssrc, long ntp, int rtp, int packets, int octets) {
    if (!begin(RtcpReader.SR, 0, 28)) {
      return false;
    }
    put32(ssrc);
    BigEndian.put64(buffer, length, ntp);
    length += 8;
    put32(rtp);
    put32(packets);
    put32(octets);
    return true;
  }

  /** RFC 3550 section 6.4.2; {@link #reportBlock} adds to it. */
  public boolean receiverReport(int sender) {
    blocksAt = length;
    if (!begin(RtcpReader.RR, 0, 8)) {
      return false;
    }
    put32(sender);
    return true;
  }

  /**
   * Adds a block to the receiver report that was begun last.
   *
   * @param lastReport middle 32 bits of the NTP time of the sender's last report, or 0
   * @param delay since that report, in 1/65536 seconds
   */
  public boolean reportBlock(
      int source, ReceptionStatistics statistics, int lastReport, int delay) {
    int count = buffer[blocksAt] & 0x1f;
    if (count == 31 || length + 24 > CAPACITY) {
      return false;
    }
    put32(source);
    put32((statistics.fractionLost() << 24) | (statistics.cumulativeLost() & 0xffffff));
    put32(statistics.highestSequence());
    put32(statistics.jitter());
    put32(lastReport);
    put32(delay);
    buffer[blocksAt] = (byte) (0x80 | count + 1);
    BigEndian.put16(buffer, blocksAt + 2, (length - blocksAt) / 4 - 1);
    return true;
  }

  /** RFC 3550 section 6.5 with the CNAME only. */
  public boolean description(int ssrc, String cname) {
    byte[] name = cname.getBytes(StandardCharsets.UTF_8);
    int size = Math.min(255, name.length);
    int padded = (4 + 4 + 2 + size + 1 + 3) & ~3;
    if (!begin(RtcpReader.SDES, 1, padded)) {
      return false;
    }
    int end = length - 4 + padded;
    put32(ssrc);
    buffer[length++] = 1;
    buffer[length++] = (byte) size;
    System.arraycopy(name, 0, buffer, length, size);
    length += size;
    while (length < end) {
      buffer[length++] = 0;
    }
    return true;
  }

  /**
   * A generic NACK, RFC 4585 section 6.2.1.
   *
   * @param sequences in ascending order, modulo 65536
   */
  public boolean nack(int sender, int source, int[] sequences, int count) {
    int entries = 0;
    for (int i = 0; i < count; entries++) {
      i = entryEnd(sequences, i, count);
    }
    if (count == 0 || !begin(RtcpReader.RTPFB, 1, 12 + 4 * entries)) {
      return false;
    }
    put32(sender);
    put32(source);
    for (int i = 0; i < count; ) {
      int end = entryEnd(sequences, i, count);
      int following = 0;
      for (int j = i + 1; j < end; j++) {
        following |= 1 << (SequenceNumbers.delta(sequences[j], sequences[i]) - 1);
      }
      BigEndian.put16(buffer, length, sequences[i]);
      BigEndian.put16(buffer, length + 2, following);
      length += 4;
      i = end;
    }
    return true;
  }

  private static int entryEnd(int[] sequences, int start, int count) {
    int end = start + 1;
    while (end < count) {
      int distance = SequenceNumbers.delta(sequences[end], sequences[start]);
      if (distance < 1 || distance > 16) {
        break;
      }
      end++;
    }
    return end;
  }

  /** RFC 4585 section 6.3.1. */
  public boolean pictureLoss(int sender, int source) {
    if (!begin(RtcpReader.PSFB, 1, 12)) {
      return false;
    }
    put32(sender);
    put32(source);
    return true;
  }

  /** RFC 5104 section 4.3.1. */
  public boolean fullIntraRequest(int sender, int source, int number) {
    if (!begin(RtcpReader.PSFB, 4, 20)) {
      return false;
    }
    put32(sender);
    put32(0);
    put32(source);
    put32(number << 24);
    return true;
  }

  /** What the feedback writer has recorded; it says how much it took in. */
  public boolean transportFeedback(TccFeedbackWriter feedback, int sender, int source) {
    int size = feedback.write(buffer, length, CAPACITY - length, sender, source);
    length += size;
    return size > 0;
  }

  private boolean begin(int type, int count, int size) {
    if (length + size > CAPACITY) {
      return false;
    }
    buffer[length] = (byte) (0x80 | count);
    buffer[length + 1] = (byte) type;
    BigEndian.put16(buffer, length + 2, size / 4 - 1);
    length += 4;
    return true;
  }

  private void put32(int value) {
    BigEndian.put32(buffer, length, value);
    length += 4;
  }
}
