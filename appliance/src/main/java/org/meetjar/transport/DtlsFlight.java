package org.meetjar.transport;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Gathers the records that the library sends one by one into as few datagrams as they fit (RFC 6347
 * section 4.1.1): a flight that goes as one cannot lose a part of itself, nor can its end overtake
 * its beginning, both of which cost a round of repetitions. Belongs to the handshake's thread.
 */
final class DtlsFlight {
  /** Below every path's, with what IP, UDP and a relay add. */
  static final int MAX_BYTES = 1_200;

  private final Consumer<byte[]> output;
  private final byte[] gathered = new byte[MAX_BYTES];
  private int length;

  DtlsFlight(Consumer<byte[]> output) {
    this.output = output;
  }

  /** Takes records; they leave at the latest with {@link #flush}. */
  void add(byte[] records, int offset, int count) {
    if (length + count > MAX_BYTES) {
      flush();
    }
    System.arraycopy(records, offset, gathered, length, count);
    length += count;
  }

  /** The flight is complete: what comes next is the other side's. */
  void flush() {
    if (length > 0) {
      byte[] datagram = Arrays.copyOf(gathered, length);
      length = 0;
      output.accept(datagram);
    }
  }
}
