package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is kept per stream: caches, missing packets, clocks, tables. */
class StreamStateTest {
  private static final long MS = 1_000_000;

  private static MediaPacket packet(long sequence, int size) {
    MediaPacket packet = new MediaPacket();
    byte[] in = Packets.rtp(100, false, (int) sequence, 0, 1, new byte[size]);
    packet.take(in, 0, in.length, ExtensionMap.EMPTY, sequence);
    return packet;
  }

  @Test
  void aCacheForgetsByCountAndAge() {
    CacheBudget budget = new CacheBudget(10_000_000);
    RetransmissionCache cache = new RetransmissionCache(new BufferPool(budget));
    for (int i = 0; i < 3000; i++) {
      cache.put(packet(i, 100), i * MS);
    }
    assertThat(cache.size()).isEqualTo(1024);
    assertThat(cache.contains(2999)).isTrue();
    assertThat(cache.contains(1900)).isFalse();
    cache.expire(2999 * MS + 1400 * MS);
    assertThat(cache.size()).isBetween(90, 110);
    cache.expire(10_000 * MS);
    assertThat(cache.size()).isZero();
    cache.put(packet(3500, 100), 11_000 * MS);
    assertThat(cache.contains(3500)).isTrue();
  }

  @Test
  void allCachesTogetherStayWithinTheBudget() {
    CacheBudget budget = new CacheBudget(50_000);
    BufferPool pool = new BufferPool(budget);
    RetransmissionCache first = new RetransmissionCache(pool);
    RetransmissionCache second = new RetransmissionCache(pool);
    for (int i = 0; i < 500; i++) {
      first.put(packet(i, 1100), 0);
      second.put(packet(i, 1100), 0);
      assertThat(budget.usedBytes()).isLessThanOrEqualTo(50_000);
    }
    assertThat(first.contains(499)).isTrue();
    first.clear();
    second.put(packet(500, 1100), 0);
    assertThat(second.contains(500)).isTrue();
    second.clear();
    assertThat(first.size() + second.size()).isZero();
  }

  @Property(tries = 200)
  void aCacheGivesBackWhatWasPut(@ForAll long seed) {
    Random random = new Random(seed);
    RetransmissionCache cache = new RetransmissionCache(new BufferPool(new CacheBudget(1 << 20)));
    Map<Long, Integer> put = new HashMap<>();
    long sequence = 70_000;
    long highest = sequence;
    MediaPacket out = new MediaPacket();
    for (int i = 0; i < 400; i++) {
      sequence += random.nextInt(12) - 3;
      highest = Math.max(highest, sequence);
      int size = random.nextInt(1000);
      if (!cache.contains(sequence)) {
        cache.put(packet(sequence, size), 0);
        if (cache.contains(sequence)) {
          put.put(sequence, size);
        }
      }
    }
    for (Map.Entry<Long, Integer> entry : put.entrySet()) {
      if (cache.get(entry.getKey(), out)) {
        assertThat(out.length() - out.payloadOffset()).isEqualTo(entry.getValue());
      } else {
        assertThat(entry.getKey()).isLessThan(highest - 400);
      }
    }
  }

  @Test
  void missingPacketsAreAskedForAfterAMomentThenEveryRoundTripAFewTimes() {
    NackGenerator nacks = new NackGenerator();
    int[] asked = new int[16];
    nacks.received(10, 0);
    nacks.received(13, 0);
    assertThat(nacks.collect(5 * MS, 50 * MS, asked)).isZero();
    nacks.received(12, 6 * MS);
    assertThat(nacks.collect(10 * MS, 50 * MS, asked)).isEqualTo(1);
    assertThat(asked[0]).isEqualTo(11);
    assertThat(nacks.collect(50 * MS, 50 * MS, asked)).isZero();
    int times = 1;
    for (int at = 60; at < 5000; at += 10) {
      times += nacks.collect(at * MS, 50 * MS, asked);
    }
    assertThat(times).isEqualTo(10);
    assertThat(nacks.isWaiting()).isFalse();
  }

  @Test
  void aKeyFrameMakesOlderPacketsWorthless() {
    NackGenerator nacks = new NackGenerator();
    nacks.received(10, 0);
    nacks.received(14, 0);
    nacks.received(16, 0);
    nacks.keyFrame(14);
    int[] asked = new int[16];
    assertThat(nacks.collect(100 * MS, 50 * MS, asked)).isEqualTo(1);
    assertThat(asked[0]).isEqualTo(15);
  }

  @Test
  void whatIsAbandonedIsNotAskedForAgain() {
    NackGenerator nacks = new NackGenerator();
    nacks.received(10, 0);
    nacks.received(14, 0);
    nacks.abandon();
    assertThat(nacks.isWaiting()).isFalse();
    nacks.received(16, 0);
    int[] asked = new int[16];
    assertThat(nacks.collect(100 * MS, 50 * MS, asked)).isEqualTo(1);
    assertThat(asked[0]).isEqualTo(15);
  }

  @Test
  void aLeapIsNotAskedFor() {
    NackGenerator nacks = new NackGenerator();
    nacks.received(10, 0);
    nacks.received(5000, 0);
    assertThat(nacks.isWaiting()).isFalse();
  }

  @Test
  void jitterAndLossAreThoseOfRfc3550() {
    ReceptionStatistics statistics = new ReceptionStatistics(90_000);
    for (int i = 0; i < 200; i++) {
      long late = i % 2 == 0 ? 0 : 10 * MS;
      statistics.received(100 + i, i * 2970, i * (33 * MS) + late);
    }
    assertThat(statistics.jitter()).isBetween(895, 905);
    statistics.closeInterval();
    assertThat(statistics.fractionLost()).isZero();
    statistics.received(310, 0, 7000 * MS);
    statistics.closeInterval();
    assertThat(statistics.fractionLost()).isEqualTo(256 * 10 / 11);
  }

  @Test
  void clocksOfOneSenderAgree() {
    SenderReportClock video = new SenderReportClock(90_000);
    SenderReportClock audio = new SenderReportClock(48_000);
    video.report(100L << 32, 0xffffff00, 0);
    audio.report(101L << 32, 5, 0);
    long ntp = video.ntpOf(0xffffff00 + 180_000);
    assertThat(ntp >> 32).isEqualTo(102);
    assertThat(audio.rtpAt(ntp)).isEqualTo(48_005);
    assertThat(video.ntpAt(2_000 * MS) >> 32).isIn(101L, 102L);
  }

  @Property(tries = 200)
  void tablesFindWhatTheyHold(@ForAll long seed) {
    Random random = new Random(seed);
    SsrcTable<Integer> table = new SsrcTable<>();
    Map<Integer, Integer> model = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      int ssrc = random.nextInt(60) * (random.nextBoolean() ? 1 : 0x10001);
      if (random.nextInt(3) == 0) {
        table.remove(ssrc);
        model.remove(ssrc);
      } else {
        table.put(ssrc, i);
        model.put(ssrc, i);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    model.forEach((ssrc, value) -> assertThat(table.get(ssrc)).isEqualTo(value));
    assertThat(table.get(-1)).isNull();
  }
}
