package org.meetjar.load.media;

import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.rtp.RtpHeader;

/**
 * Writes RTP headers with the extensions of one kind of media, in the one-byte form of RFC 8285.
 */
final class HeaderWriter {
  private final int levelId;
  private final int sendTimeId;
  private final int transportId;
  private final int words;

  HeaderWriter(ExtensionMap extensions) {
    levelId = extensions.id(ExtensionKind.AUDIO_LEVEL);
    sendTimeId = extensions.id(ExtensionKind.ABS_SEND_TIME);
    transportId = extensions.id(ExtensionKind.TRANSPORT_CC);
    int octets = (levelId > 0 ? 2 : 0) + (sendTimeId > 0 ? 4 : 0) + (transportId > 0 ? 3 : 0);
    words = (octets + 3) / 4;
  }

  /** Octets of every header. */
  int length() {
    return RtpHeader.FIXED_LENGTH + (words == 0 ? 0 : 4 + 4 * words);
  }

  boolean numbersTransport() {
    return transportId > 0;
  }

  void write(
      byte[] b, int at, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
    b[at] = (byte) (words == 0 ? 0x80 : 0x90);
    b[at + 1] = (byte) ((marker ? 0x80 : 0) | payloadType);
    RtpHeader.sequence(b, at, sequence);
    RtpHeader.timestamp(b, at, timestamp);
    RtpHeader.ssrc(b, at, ssrc);
  }

  /**
   * Writes the extensions after the fixed header.
   *
   * @param level the octet of RFC 6464
   * @param transportSequence transport-wide
   */
  void extensions(byte[] b, int header, int level, long nanos, int transportSequence) {
    if (words == 0) {
      return;
    }
    int at = header + RtpHeader.FIXED_LENGTH;
    b[at++] = (byte) 0xbe;
    b[at++] = (byte) 0xde;
    b[at++] = 0;
    b[at++] = (byte) words;
    int end = at + 4 * words;
    if (levelId > 0) {
      b[at++] = (byte) (levelId << 4);
      b[at++] = (byte) level;
    }
    if (sendTimeId > 0) {
      int time = (int) (((nanos / 1000) << 18) / 1_000_000);
      b[at++] = (byte) (sendTimeId << 4 | 2);
      b[at++] = (byte) (time >> 16);
      b[at++] = (byte) (time >> 8);
      b[at++] = (byte) time;
    }
    if (transportId > 0) {
      b[at++] = (byte) (transportId << 4 | 1);
      b[at++] = (byte) (transportSequence >> 8);
      b[at++] = (byte) transportSequence;
    }
    while (at < end) {
      b[at++] = 0;
    }
  }
}
