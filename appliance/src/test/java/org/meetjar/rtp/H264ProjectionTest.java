package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Receivers of H.264 see one stream in which nothing is missing, and it begins with its parameters.
 */
class H264ProjectionTest {
  private static final int DESCRIPTOR = 11;
  private static final byte[] PARAMETERS =
      HexFormat.of().parseHex("677a001fbcd9405005ba1000000300c000002ae0f1831960");
  private static final ExtensionMap EXTENSIONS =
      new ExtensionMap(Map.of(ExtensionKind.DEPENDENCY_DESCRIPTOR.uri(), DESCRIPTOR));

  private record Sent(
      int encoding,
      long sequence,
      int frame,
      int temporal,
      boolean key,
      boolean start,
      byte[] data) {}

  private record Seen(Sent sent, long sequence, int timestamp) {}

  private static final class Trial {
    final Random random = new Random();
    private final long[] sequences = new long[2];
    private final int[] sinceKey = new int[2];
    private final EncodingProjection projection =
        new EncodingProjection(
            new SenderReportClock[] {new SenderReportClock(90_000), new SenderReportClock(90_000)});
    private final CodecState[] states = {new CodecState(), new CodecState()};
    private final MediaPacket packet = new MediaPacket();
    final List<Seen> seen = new ArrayList<>();
    private final Map<Integer, List<Sent>> delayed = new TreeMap<>();
    private long highest;

    private List<Sent> next(int encoding, int frame, boolean layered) {
      boolean key = frame == 0 || random.nextInt(10) == 0;
      sinceKey[encoding] = key ? 0 : sinceKey[encoding] + 1;
      int temporal = layered ? sinceKey[encoding] % 2 : 0;
      int count = 1 + random.nextInt(3) + (key ? 1 : 0);
      List<Sent> packets = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        boolean start = i == 0;
        byte[] slice = {0x7c, (byte) (i == (key ? 1 : 0) ? 0x80 | (key ? 5 : 1) : 1), 9};
        byte[] data =
            Packets.rtp(
                107,
                i == count - 1,
                (int) sequences[encoding],
                frame * 3000 + encoding * 77,
                encoding,
                key && start ? PARAMETERS : slice);
        if (layered) {
          byte[] descriptor = descriptor(start, i == count - 1, key, temporal, frame);
          data = Packets.withLongExtension(data, DESCRIPTOR, descriptor);
        }
        packets.add(new Sent(encoding, sequences[encoding]++, frame, temporal, key, start, data));
      }
      return packets;
    }

    void run(long seed, boolean layered, double loss, double reorder) {
      random.setSeed(seed);
      sequences[0] = 0x10000 + 65500;
      sequences[1] = 0x10000 + 65000;
      projection.target(0, 0);
      for (int frame = 0; frame < 200; frame++) {
        if (random.nextInt(10) == 0) {
          int target = random.nextInt(2);
          projection.target(target, target);
          projection.layerLimit(0, random.nextInt(2));
        }
        for (int encoding = 0; encoding < 2; encoding++) {
          for (Sent sent : next(encoding, frame, layered)) {
            double luck = random.nextDouble();
            if (luck < loss) {
              continue;
            }
            if (luck < loss + reorder) {
              delayed.computeIfAbsent(frame + random.nextInt(3), at -> new ArrayList<>()).add(sent);
            } else {
              receive(sent, frame);
            }
          }
        }
        List<Sent> late = delayed.remove(frame);
        if (late != null) {
          for (Sent sent : late) {
            receive(sent, frame);
          }
        }
      }
    }

    private void receive(Sent sent, int frame) {
      packet.take(sent.data(), 0, sent.data().length, EXTENSIONS, sent.sequence());
      assertThat(packet.describe(VideoCodec.H264, states[sent.encoding()], true)).isTrue();
      if (projection.project(packet, sent.encoding(), frame * 33_333_333L)) {
        packet.stamp(EXTENSIONS, 0, 0);
        int sequence = RtpHeader.sequence(packet.bytes(), 0);
        highest = seen.isEmpty() ? sequence + 0x10000 : highest;
        long extended = SequenceNumbers.extend(highest, sequence);
        highest = Math.max(highest, extended);
        seen.add(new Seen(sent, extended, RtpHeader.timestamp(packet.bytes(), 0)));
        ExtensionReader reader = new ExtensionReader();
        assertThat(reader.value(packet.bytes(), 0, DESCRIPTOR, 1))
            .as("not passed on")
            .isEqualTo(-1);
      }
    }
  }

  /** Two temporal layers: templates for key frames, T0 and T1; the first two begin everything. */
  private static byte[] descriptor(
      boolean start, boolean end, boolean key, int temporal, int frame) {
    int template = key ? 0 : 1 + temporal;
    byte first = (byte) ((start ? 0x80 : 0) | (end ? 0x40 : 0) | template);
    if (!key || !start) {
      return new byte[] {first, (byte) (frame >> 8), (byte) frame};
    }
    // 10000 000000 00001; 00 01 11; SS SS -D; 0 fdiffs each; ns(3)=0 chains; no resolutions
    String bits =
        "10000" + "000000" + "00001" + "000111" + "1010" + "1010" + "0001" + "000" + "0" + "0";
    int value = 0;
    byte[] whole = new byte[3 + (bits.length() + 7) / 8];
    whole[0] = first;
    whole[1] = (byte) (frame >> 8);
    whole[2] = (byte) frame;
    for (int i = 0; i < bits.length(); i++) {
      value = bits.charAt(i) - '0';
      whole[3 + i / 8] |= (byte) (value << 7 - i % 8);
    }
    return whole;
  }

  @Property(tries = 200)
  void withoutLossNothingIsMissing(@ForAll long seed, @ForAll boolean layered) {
    Trial trial = new Trial();
    trial.run(seed, layered, 0, 0);
    List<Seen> seen = trial.seen;
    Set<Integer> temporal = new HashSet<>();
    Seen before = null;
    for (Seen now : seen) {
      temporal.add(now.sent().temporal());
      if (before != null) {
        assertThat(now.sequence()).isEqualTo(before.sequence() + 1);
        boolean same =
            now.sent().frame() == before.sent().frame()
                && now.sent().encoding() == before.sent().encoding();
        assertThat(now.timestamp() - before.timestamp() > 0).isEqualTo(!same);
        assertThat(same || now.sent().start()).as("whole frames").isTrue();
        if (now.sent().encoding() != before.sent().encoding()) {
          assertThat(now.sent().key()).isTrue();
        }
      }
      before = now;
    }
    assertThat(temporal).hasSize(layered ? 2 : 1);
  }

  @Property(tries = 300)
  void lossAndReorderingKeepEveryNumberInItsPlace(@ForAll long seed, @ForAll boolean layered) {
    Trial trial = new Trial();
    trial.run(seed, layered, 0.1, 0.15);
    List<Seen> seen = trial.seen;
    Set<Long> numbers = new HashSet<>();
    seen.forEach(now -> assertThat(numbers.add(now.sequence())).isTrue());
    seen.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
    Seen before = null;
    for (Seen now : seen) {
      if (before != null) {
        assertThat(now.timestamp() - before.timestamp()).isNotNegative();
        if (now.sent().encoding() == before.sent().encoding()) {
          assertThat(now.sent().sequence()).isGreaterThan(before.sent().sequence());
        }
      }
      before = now;
    }
  }
}
