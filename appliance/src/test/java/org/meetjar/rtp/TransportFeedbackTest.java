package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Feedback of draft-holmer-rmcat-transport-wide-cc-extensions-01. */
class TransportFeedbackTest {
  private final TccFeedbackReader reader = new TccFeedbackReader();

  private static byte[] write(TccFeedbackWriter feedback) {
    byte[] packet = new byte[RtcpWriter.CAPACITY];
    int size = feedback.write(packet, 0, packet.length, 1, 2);
    assertThat(size % 4).isZero();
    return Arrays.copyOf(packet, size);
  }

  @Test
  void aRunAndAVectorAreReadAsTheDraftDrawsThem() {
    // Base 5, 10 packets, reference 2: a run of 4 small deltas, then seven two-bit symbols.
    byte[] packet =
        HexFormat.of()
            .parseHex(
                "8fcd0007"
                    + "00000001"
                    + "00000002"
                    + "0005000a"
                    + "00000200"
                    + "2004"
                    + "d210"
                    + "04040404"
                    + "08"
                    + "ffff"
                    + "02"
                    + "000000");
    Map<Integer, Long> arrivals = new HashMap<>();
    assertThat(reader.read(packet, 0, packet.length, arrivals::put)).isTrue();
    assertThat(arrivals)
        .containsEntry(5, 128_000L + 1000)
        .containsEntry(8, 128_000L + 4000)
        .containsEntry(9, 128_000L + 6000)
        .containsEntry(10, -1L)
        .containsEntry(11, 128_000L + 6000 - 250)
        .containsEntry(12, -1L)
        .containsEntry(13, 128_000L + 6000 - 250 + 500)
        .containsEntry(14, -1L);
  }

  @Test
  void silenceHasNoFeedback() {
    TccFeedbackWriter feedback = new TccFeedbackWriter();
    assertThat(feedback.hasNews()).isFalse();
    feedback.received(65535, 1_000_000);
    assertThat(feedback.hasNews()).isTrue();
    assertThat(write(feedback)).hasSize(24);
    assertThat(feedback.hasNews()).isFalse();
  }

  @Test
  void aPacketThatWasReportedMissingIsReportedWhenItComes() {
    TccFeedbackWriter feedback = new TccFeedbackWriter();
    feedback.received(10, 0);
    feedback.received(12, 1_000_000);
    Map<Integer, Long> arrivals = new HashMap<>();
    byte[] first = write(feedback);
    reader.read(first, 0, first.length, arrivals::put);
    assertThat(arrivals).containsEntry(11, -1L);
    feedback.received(11, 2_000_000);
    assertThat(feedback.hasNews()).isTrue();
    byte[] second = write(feedback);
    reader.read(second, 0, second.length, arrivals::put);
    assertThat(arrivals).containsEntry(11, 2_000L);
  }

  /**
   * Whatever arrives, and however late, is reported with its time, to a quarter of a millisecond.
   */
  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll long seed) {
    Random random = new Random(seed);
    TccFeedbackWriter feedback = new TccFeedbackWriter();
    int sequence = random.nextInt(65536);
    long start = random.nextLong(1L << 40);
    long nanos = start;
    Map<Integer, Long> wanted = new TreeMap<>();
    Map<Integer, Long> told = new HashMap<>();
    List<Integer> held = new ArrayList<>();
    long origin = Long.MIN_VALUE;
    for (int i = 0; i < 300; i++) {
      nanos += random.nextInt(random.nextInt(20) == 0 ? 200_000_000 : 5_000_000);
      sequence = sequence + 1 & 0xffff;
      if (random.nextInt(8) == 0) {
        held.add(sequence);
      } else if (random.nextInt(10) != 0) {
        origin = origin == Long.MIN_VALUE ? nanos : origin;
        feedback.received(sequence, nanos);
        wanted.put(sequence, nanos);
      }
      if (!held.isEmpty() && origin != Long.MIN_VALUE && random.nextInt(6) == 0) {
        int late = held.remove(0);
        feedback.received(late, nanos);
        wanted.put(late, nanos);
      }
      if (random.nextInt(20) == 0 || i == 299) {
        while (feedback.hasNews()) {
          byte[] packet = write(feedback);
          assertThat(RtcpReader.read(packet, 0, packet.length, new RtcpVisitor() {}))
              .isEqualTo(RtcpReader.Verdict.READ);
          assertThat(
                  reader.read(
                      packet,
                      0,
                      packet.length - padding(packet),
                      (number, micros) -> {
                        if (micros >= 0) {
                          told.put(number, micros);
                        }
                      }))
              .isTrue();
        }
      }
    }
    assertThat(told.keySet()).isEqualTo(wanted.keySet());
    long first = origin;
    wanted.forEach(
        (number, at) ->
            assertThat(told.get(number) * 1000 - (at - first)).isBetween(-250_000L, 250_000L));
  }

  private static int padding(byte[] packet) {
    return (packet[0] & 0x20) != 0 ? packet[packet.length - 1] : 0;
  }

  @Property(tries = 2000)
  void anythingGetsAVerdict(@ForAll @Size(max = 80) byte[] bytes) {
    if (bytes.length >= 16) {
      bytes[14] = 0;
    }
    reader.read(bytes, 0, bytes.length, (sequence, micros) -> {});
  }
}
