package org.meetjar.load.check;

/**
 * What the generator writes at the end of every payload, and the checker reads there: when the
 * packet was sent and what it is. One is used for many packets.
 */
public final class Mark {
  /** Octets of a mark. */
  public static final int LENGTH = 28;

  private static final int MAGIC = 0x4d4a4c54;

  /** The sender's monotonic clock, which on one machine is the receiver's too. */
  public long sentNanos;

  /** Counts the frames of one encoding, or the packets of a microphone. */
  public int frame;

  /** Counts the frames of the base temporal layer of one encoding. */
  public int base;

  /** The encoding, 0 the lowest. */
  public int layer;

  /** Which packet of its frame that is, from 0. */
  public int part;

  /** How many packets its frame has. */
  public int parts;

  /** Whether the packet was sent before. */
  public boolean repeated;

  /** Who sent it, see {@link #sender(String)}. */
  public int sender;

  /** What stands for somebody in a mark: 1 to 65,535. */
  public static int sender(String nick) {
    int hash = nick.hashCode();
    return Math.max(1, (hash ^ hash >>> 16) & 0xffff);
  }

  /** Writes the mark into the last octets before {@code end}. */
  public void write(byte[] b, int end) {
    int at = end - LENGTH;
    put32(b, at, MAGIC);
    put32(b, at + 4, (int) (sentNanos >>> 32));
    put32(b, at + 8, (int) sentNanos);
    put32(b, at + 12, frame);
    put32(b, at + 16, base);
    b[at + 20] = (byte) layer;
    b[at + 21] = (byte) (repeated ? 1 : 0);
    put16(b, at + 22, part);
    put16(b, at + 24, parts);
    put16(b, at + 26, sender);
  }

  /** Reads the last octets of a payload; false if no generator of ours made it. */
  public boolean read(byte[] b, int offset, int length) {
    int at = offset + length - LENGTH;
    if (length < LENGTH || get32(b, at) != MAGIC) {
      return false;
    }
    sentNanos = (long) get32(b, at + 4) << 32 | (get32(b, at + 8) & 0xffffffffL);
    frame = get32(b, at + 12);
    base = get32(b, at + 16);
    layer = b[at + 20];
    repeated = b[at + 21] != 0;
    part = get16(b, at + 22);
    parts = get16(b, at + 24);
    sender = get16(b, at + 26);
    return true;
  }

  private static void put16(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 8);
    b[at + 1] = (byte) value;
  }

  private static void put32(byte[] b, int at, int value) {
    put16(b, at, value >> 16);
    put16(b, at + 2, value);
  }

  private static int get16(byte[] b, int at) {
    return (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
  }

  private static int get32(byte[] b, int at) {
    return get16(b, at) << 16 | get16(b, at + 2);
  }
}
