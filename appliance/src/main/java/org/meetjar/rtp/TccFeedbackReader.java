package org.meetjar.rtp;

/**
 * Reads transport-wide feedback, draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1.
 * One is used for many packets.
 */
public final class TccFeedbackReader {
  private static final int MAX_STATUSES = 4096;

  private final byte[] symbols = new byte[MAX_STATUSES];

  /** Hears of one packet after the other. */
  public interface Listener {
    /**
     * One packet's fate.
     *
     * @param sequence transport-wide sequence number
     * @param arrivalMicros on the receiver's clock, which wraps around; -1 if the packet is missing
     */
    void status(int sequence, long arrivalMicros);
  }

  /** Reads one packet; false, perhaps after some calls, if it is malformed. */
  public boolean read(byte[] b, int offset, int length, Listener listener) {
    if (length < 20) {
      return false;
    }
    int base = BigEndian.u16(b, offset + 12);
    int count = BigEndian.u16(b, offset + 14);
    if (count > MAX_STATUSES) {
      return false;
    }
    int end = offset + length;
    int at = chunks(b, offset + 20, end, count);
    if (at < 0) {
      return false;
    }
    long micros = BigEndian.u24(b, offset + 16) * 64_000L;
    for (int i = 0; i < count; i++) {
      int sequence = base + i & 0xffff;
      int symbol = symbols[i];
      if (symbol == 0) {
        listener.status(sequence, -1);
        continue;
      }
      if (symbol == 3 || at + symbol > end) {
        return false;
      }
      micros += 250L * (symbol == 1 ? b[at] & 0xff : (short) BigEndian.u16(b, at));
      at += symbol;
      listener.status(sequence, Math.max(0, micros));
    }
    return true;
  }

  private int chunks(byte[] b, int offset, int end, int count) {
    int at = offset;
    int i = 0;
    while (i < count) {
      if (at + 2 > end) {
        return -1;
      }
      int chunk = BigEndian.u16(b, at);
      at += 2;
      if ((chunk & 0x8000) == 0) {
        int run = chunk & 0x1fff;
        if (run == 0) {
          return -1;
        }
        for (int j = 0; j < run && i < count; j++) {
          symbols[i++] = (byte) (chunk >> 13 & 3);
        }
      } else if ((chunk & 0x4000) == 0) {
        for (int j = 0; j < 14 && i < count; j++) {
          symbols[i++] = (byte) ((chunk >> (13 - j)) & 1);
        }
      } else {
        for (int j = 0; j < 7 && i < count; j++) {
          symbols[i++] = (byte) ((chunk >> (12 - 2 * j)) & 3);
        }
      }
    }
    return at;
  }
}
