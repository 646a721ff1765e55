package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a receiver gets of a projection, and what must hold of it whatever was lost before.
 *
 * @param <F> a packet as the receiver got it
 */
final class ForwardedStream<F extends ForwardedStream.Forwarded> {
  /** So many of the last packets are always found again. */
  private static final int REMEMBERED = 30;

  interface Forwarded {
    SentPacket sent();

    /** Extended, as the receiver saw it. */
    long sequence();

    int timestamp();
  }

  /** In the order of their coming. */
  final List<F> seen = new ArrayList<>();

  private long highest;

  /** The extended number of a packet that has just come. */
  long extend(int sequence) {
    highest = seen.isEmpty() ? sequence + 0x10000 : highest;
    long extended = SequenceNumbers.extend(highest, sequence);
    highest = Math.max(highest, extended);
    return extended;
  }

  /** In the order of their numbers. */
  List<F> inOrder() {
    List<F> sorted = new ArrayList<>(seen);
    sorted.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
    return sorted;
  }

  /** No number is used twice; packets of a run keep their distances, and time never goes back. */
  void assertEveryNumberInItsPlace() {
    Map<Long, SentPacket> bySequence = new HashMap<>();
    for (F now : seen) {
      assertThat(bySequence.put(now.sequence(), now.sent())).as("no number is used twice").isNull();
    }
    F before = null;
    for (F now : inOrder()) {
      if (before != null) {
        if (now.sent().encoding() == before.sent().encoding()) {
          assertThat(now.sent().sequence()).isGreaterThan(before.sent().sequence());
          assertThat(now.sequence() - before.sequence())
              .isLessThanOrEqualTo(now.sent().sequence() - before.sent().sequence());
        }
        assertThat(now.timestamp() - before.timestamp()).isNotNegative();
      }
      before = now;
    }
  }

  /**
   * The last packets are found by the receiver's numbers, and repeated under the same.
   *
   * @param fromCache makes the packet that which was sent, as a cache would
   */
  void assertFoundAgain(
      EncodingProjection projection,
      MediaPacket packet,
      BiConsumer<SentPacket, LocatedPacket> fromCache) {
    LocatedPacket located = new LocatedPacket();
    List<F> sorted = inOrder();
    for (F now : sorted.subList(Math.max(0, sorted.size() - REMEMBERED), sorted.size())) {
      int number = (int) now.sequence() & 0xffff;
      assertThat(projection.locate(number, located)).isTrue();
      assertThat(located.encoding()).isEqualTo(now.sent().encoding());
      assertThat(located.sequence()).isEqualTo(now.sent().sequence());
      fromCache.accept(now.sent(), located);
      assertThat(projection.repeat(packet, located.encoding())).isTrue();
      assertThat(RtpHeader.sequence(packet.bytes(), 0)).isEqualTo(number);
      assertThat(RtpHeader.timestamp(packet.bytes(), 0)).isEqualTo(now.timestamp());
    }
  }
}
