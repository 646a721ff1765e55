package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Packets that wait to be sent. */
class PacketQueueTest {
  private static final ExtensionMap SENDER =
      new ExtensionMap(Map.of(ExtensionKind.TRANSPORT_CC.uri(), 5));
  private static final ExtensionMap FIRST =
      new ExtensionMap(
          Map.of(ExtensionKind.TRANSPORT_CC.uri(), 7, ExtensionKind.ABS_SEND_TIME.uri(), 8));

  private final CacheBudget budget = new CacheBudget(200_000);
  private final BufferPool pool = new BufferPool(budget);
  private final PacketQueue queue = new PacketQueue(pool, 64);
  private final MediaPacket packet = new MediaPacket();
  private final WaitingPacket out = new WaitingPacket();

  private void take(int sequence) {
    byte[] bytes = Packets.rtp(100, true, sequence, 3000, 1, new byte[] {1, 2, (byte) sequence});
    packet.take(bytes, 0, bytes.length, SENDER, sequence);
    packet.stamp(FIRST, 1234, 0x111111);
  }

  @Test
  void packetsLeaveInTheirOrderWithTheNumbersOfThatMoment() {
    for (int i = 0; i < 40; i++) {
      take(i);
      assertThat(queue.add(packet)).isTrue();
    }
    assertThat(queue.size()).isEqualTo(40);
    for (int i = 0; i < 40; i++) {
      assertThat(queue.poll(out)).isTrue();
      out.stamp(FIRST, 4321, 0x222222);
      byte[] sent = Arrays.copyOf(out.bytes(), out.length());
      assertThat(RtpHeader.sequence(sent, 0)).isEqualTo(i);
      assertThat(new ExtensionReader().value(sent, 0, 7, 2)).isEqualTo(4321);
      assertThat(new ExtensionReader().value(sent, 0, 8, 3)).isEqualTo(0x222222);
      assertThat(sent[sent.length - 1]).isEqualTo((byte) i);
    }
    assertThat(queue.poll(out)).isFalse();
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void itIsBoundedByCountAndByTheBudgetOfAll() {
    for (int i = 0; i < 64; i++) {
      take(i);
      assertThat(queue.add(packet)).isTrue();
    }
    take(64);
    assertThat(queue.add(packet)).isFalse();
    queue.clear();
    assertThat(queue.isEmpty()).isTrue();
    PacketQueue poor = new PacketQueue(new BufferPool(new CacheBudget(400)), 64);
    assertThat(poor.add(packet)).isTrue();
    assertThat(poor.add(packet)).isFalse();
  }

  @Test
  void paddingIsAValidPacketWithTheReceiversNumbers() {
    PaddingPacket padding = new PaddingPacket();
    padding.write(77, 96, 5, 6000);
    padding.stamp(FIRST, 999, 1);
    byte[] sent = padding.bytes();
    assertThat(RtpHeader.isValid(sent, 0, padding.length())).isTrue();
    assertThat(RtpHeader.ssrc(sent, 0)).isEqualTo(77);
    assertThat(RtpHeader.payloadType(sent, 0)).isEqualTo(96);
    assertThat(new ExtensionReader().value(sent, 0, 7, 2)).isEqualTo(999);
    assertThat(RtpHeader.length(sent, 0) + RtpHeader.padding(sent, 0, padding.length()))
        .isEqualTo(padding.length());
    assertThat(Rtx.unwrap(sent.clone(), 0, padding.length(), 1, 100)).isFalse();
  }
}
