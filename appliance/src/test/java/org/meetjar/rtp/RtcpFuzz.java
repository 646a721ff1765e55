package org.meetjar.rtp;

import java.util.Arrays;
import java.util.List;
import org.meetjar.fuzz.Target;

/** Compound RTCP packets, transport-wide feedback in them included. */
public final class RtcpFuzz implements Target {
  private final TccFeedbackReader feedback = new TccFeedbackReader();
  private int heard;

  @Override
  public void read(byte[] bytes) {
    heard = 0;
    RtcpReader.read(
        bytes,
        0,
        bytes.length,
        new RtcpVisitor() {
          @Override
          public void nack(int source, int sequence) {
            hear(1);
          }

          @Override
          public void transportFeedback(byte[] b, int offset, int length) {
            if (offset < 0 || length < 0 || offset + length > bytes.length) {
              throw new AssertionError("feedback beyond the packet");
            }
            feedback.read(b, offset, length, (sequence, arrivalMicros) -> hear(0));
          }
        });
  }

  /** A small packet must not make much work. */
  private void hear(int count) {
    heard += count;
    if (heard > 10_000) {
      throw new AssertionError("one packet, " + heard + " sequence numbers");
    }
  }

  @Override
  public List<byte[]> seeds() {
    RtcpWriter writer = new RtcpWriter();
    writer.clear();
    writer.receiverReport(1);
    writer.nack(1, 2, new int[] {5, 6, 9, 700}, 4);
    writer.pictureLoss(1, 2);
    writer.description(1, "ada");
    byte[] several = Arrays.copyOf(writer.bytes(), writer.length());
    TccFeedbackWriter arrivals = new TccFeedbackWriter();
    for (int i = 0; i < 50; i++) {
      if (i % 7 != 0) {
        arrivals.received(65_520 + i & 0xffff, 1_000_000_000L + i * 700_000L);
      }
    }
    writer.clear();
    writer.receiverReport(1);
    writer.transportFeedback(arrivals, 1, 2);
    byte[] transportWide = Arrays.copyOf(writer.bytes(), writer.length());
    writer.clear();
    writer.senderReport(1, 1L << 40, 90_000, 10, 1_000);
    writer.description(1, "ada");
    return List.of(several, transportWide, Arrays.copyOf(writer.bytes(), writer.length()));
  }
}
