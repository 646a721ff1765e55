package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Compound packets, read and written. */
class RtcpTest {
  /** Writes down what it hears. */
  private static final class Notes implements RtcpVisitor {
    final List<String> heard = new ArrayList<>();
    final List<Integer> nacked = new ArrayList<>();

    @Override
    public void senderReport(int ssrc, long ntp, int rtp) {
      heard.add("SR " + Integer.toHexString(ssrc) + " " + Long.toHexString(ntp) + " " + rtp);
    }

    @Override
    public void reportBlock(int source, int fractionLost, int lastReport, long delay) {
      heard.add("block " + source + " " + fractionLost + " " + lastReport + " " + delay);
    }

    @Override
    public void nack(int source, int sequence) {
      nacked.add(sequence);
    }

    @Override
    public void keyFrameRequest(int source) {
      heard.add("key " + source);
    }

    @Override
    public void transportFeedback(byte[] b, int offset, int length) {
      heard.add("feedback");
    }

    @Override
    public void receiverEstimate(long bps) {
      heard.add("estimate " + bps);
    }

    @Override
    public void bye(int ssrc) {
      heard.add("bye " + ssrc);
    }
  }

  private static Notes read(RtcpWriter writer) {
    Notes notes = new Notes();
    assertThat(RtcpReader.read(writer.bytes(), 0, writer.length(), notes))
        .isEqualTo(RtcpReader.Verdict.READ);
    return notes;
  }

  @Test
  void aReceiversOwnEstimateIsRead() {
    // draft-alvestrand-rmcat-remb-03 section 2.2: exponent 3, mantissa 0x1e848, one stream.
    byte[] packet =
        HexFormat.of().parseHex("8fce00050000000100000000" + "52454d42010de84811223344");
    Notes notes = new Notes();
    assertThat(RtcpReader.read(packet, 0, packet.length, notes)).isEqualTo(RtcpReader.Verdict.READ);
    assertThat(notes.heard).containsExactly("estimate " + (0x1e848L << 3));
    packet[17] = (byte) 0xff;
    packet[3] = 4;
    RtcpReader.read(packet, 0, packet.length - 4, notes);
    assertThat(notes.heard).endsWith("estimate " + Long.MAX_VALUE);
    packet[12] = 'X';
    RtcpReader.read(packet, 0, packet.length - 4, notes);
    assertThat(notes.heard).hasSize(2);
  }

  @Test
  void aSenderReportWithABlockAndADescriptionIsRead() {
    byte[] packet =
        HexFormat.of()
            .parseHex(
                "81c8000c" // SR with one block, RFC 3550 section 6.4.1
                    + "11223344"
                    + "e000000080000000"
                    + "0000270f"
                    + "0000000a000003e8"
                    + "0000002a"
                    + "40000005"
                    + "00010203"
                    + "00000007"
                    + "00008000"
                    + "00010000"
                    + "81ca0003" // SDES, section 6.5
                    + "11223344"
                    + "0102616200"
                    + "000000"
                    + "81cb0001" // BYE, section 6.6
                    + "0000002b");
    Notes notes = new Notes();
    assertThat(RtcpReader.read(packet, 0, packet.length, notes)).isEqualTo(RtcpReader.Verdict.READ);
    assertThat(notes.heard)
        .containsExactly("SR 11223344 e000000080000000 9999", "block 42 64 32768 65536", "bye 43");
  }

  @Test
  void whatIsWrittenIsRead() {
    ReceptionStatistics statistics = new ReceptionStatistics(90_000);
    for (int i = 0; i < 100; i++) {
      if (i % 4 != 1) {
        statistics.received(0x10000 + i, i * 3000, i * 33_333_333L);
      }
    }
    statistics.closeInterval();
    RtcpWriter writer = new RtcpWriter();
    assertThat(writer.receiverReport(1)).isTrue();
    assertThat(writer.reportBlock(42, statistics, 7, 8)).isTrue();
    assertThat(writer.description(1, "somebody")).isTrue();
    assertThat(writer.pictureLoss(1, 43)).isTrue();
    assertThat(writer.fullIntraRequest(1, 44, 5)).isTrue();
    assertThat(writer.senderReport(9, 77L << 32, 5, 1, 2)).isTrue();
    assertThat(read(writer).heard)
        .containsExactly("block 42 64 7 8", "key 43", "key 44", "SR 9 4d00000000 5");
    assertThat(statistics.cumulativeLost()).isEqualTo(25);
  }

  @Property
  void nacksNameExactlyWhatIsMissing(@ForAll long seed) {
    Random random = new Random(seed);
    int first = random.nextInt(65536);
    TreeSet<Integer> offsets = new TreeSet<>();
    for (int i = 0; i < 1 + random.nextInt(60); i++) {
      offsets.add(random.nextInt(300));
    }
    int[] wanted = offsets.stream().mapToInt(offset -> first + offset & 0xffff).toArray();
    RtcpWriter writer = new RtcpWriter();
    assertThat(writer.nack(1, 2, wanted, wanted.length)).isTrue();
    assertThat(read(writer).nacked)
        .containsExactlyElementsOf(IntStream.of(wanted).boxed().toList());
  }

  @Test
  void nothingIsWrittenBeyondTheBuffer() {
    RtcpWriter writer = new RtcpWriter();
    int written = 0;
    while (writer.senderReport(1, 2, 3, 4, 5)) {
      written++;
    }
    assertThat(written).isEqualTo(RtcpWriter.CAPACITY / 28);
    assertThat(writer.description(1, "x".repeat(300))).isFalse();
    assertThat(read(writer).heard).hasSize(written);
  }

  @Test
  void aNackFloodIsCutOff() {
    byte[] packet = new byte[12 + 4 * 250];
    packet[0] = (byte) 0x81;
    packet[1] = (byte) 205;
    BigEndian.put16(packet, 2, packet.length / 4 - 1);
    Arrays.fill(packet, 12, packet.length, (byte) 0xff);
    Notes notes = new Notes();
    RtcpReader.read(packet, 0, packet.length, notes);
    assertThat(notes.nacked).hasSize(512);
  }

  @Property(tries = 2000)
  void anythingGetsAVerdict(@ForAll @Size(max = 120) byte[] bytes, @ForAll boolean plausible) {
    if (plausible && bytes.length >= 4) {
      bytes[0] = (byte) ((bytes[0] & 0x3f) | 0x80);
      bytes[1] = (byte) (200 + (bytes[1] & 7));
      BigEndian.put16(bytes, 2, (bytes[3] & 0xff) % (bytes.length / 4 + 1));
    }
    assertThat(RtcpReader.read(bytes, 0, bytes.length, new Notes())).isNotNull();
  }
}
