package org.meetjar.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpStreamTest {
  private static final int SSRC = 0xCAFE_BABE;

  @Property(tries = 60)
  void opensEverythingOnceThroughLossReorderingReplayAndWraps(
      @ForAll SrtpProfile profile,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 32_000) int firstSequence) {
    Random random = new Random(seed);
    SrtpSender sender = new SrtpSender(keys(profile), 4);
    SrtpReceiver receiver = new SrtpReceiver(keys(profile), 4);
    Set<Integer> opened = new HashSet<>();
    List<byte[]> late = new ArrayList<>();
    int sequence = firstSequence;
    for (int i = 0; i < 400; i++) {
      // Jumps of thousands, as losses or silence make them, carry the sequence over its wrap.
      sequence += random.nextInt(20) == 0 ? random.nextInt(5_000) + 1 : 1;
      byte[] packet = sealed(sender, sequence, random.nextInt(100));
      switch (random.nextInt(4)) {
        case 0 -> late.add(packet);
        case 1 -> {}
        default -> {
          open(receiver, packet, opened, true);
          open(receiver, packet, opened, false);
        }
      }
      if (late.size() > 20) {
        Collections.shuffle(late, random);
        late.forEach(each -> open(receiver, each, opened, false));
        late.clear();
      }
    }
    assertThat(opened).hasSizeGreaterThan(150);
  }

  private static void open(
      SrtpReceiver receiver, byte[] packet, Set<Integer> opened, boolean mustOpen) {
    byte[] copy = packet.clone();
    int length = receiver.unprotectRtp(copy, 0, copy.length);
    if (mustOpen) {
      assertThat(length).isPositive();
    }
    if (length > 0) {
      // Each packet carries its own number; it comes out right, and once.
      assertThat(opened.add(Packets.int32(copy, 12))).isTrue();
    }
  }

  private static byte[] sealed(SrtpSender sender, int sequence, int extra) {
    byte[] packet = rtp(SSRC, sequence, 4 + extra);
    Packets.putInt32(packet, 12, sequence);
    int length = sender.protectRtp(packet, 0, 16 + extra);
    assertThat(length).isPositive();
    return Arrays.copyOf(packet, length);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void noIndexIsProtectedTwice(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(profile), 4);
    assertThat(protect(sender, 100)).isPositive();
    assertThat(protect(sender, 98)).isPositive();
    assertThat(protect(sender, 99)).isPositive();
    assertThat(protect(sender, 98)).isEqualTo(SrtpSender.INDEX_USED);
    assertThat(protect(sender, 100)).isEqualTo(SrtpSender.INDEX_USED);
    assertThat(protect(sender, 2_000)).isPositive();
    assertThat(protect(sender, 101)).isEqualTo(SrtpSender.INDEX_USED);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void anyChangedBitIsNoticedAndChangesNothing(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(profile), 4);
    SrtpReceiver receiver = new SrtpReceiver(keys(profile), 4);
    byte[] good = sealed(sender, 7, 40);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(receiver.unprotectRtp(bad, 0, bad.length)).isNegative();
    }
    assertThat(receiver.ssrcCount()).isZero();
    assertThat(receiver.unprotectRtp(good, 0, good.length)).isEqualTo(56);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void rtcpIsOpenedOnce(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(profile), 4);
    SrtpReceiver receiver = new SrtpReceiver(keys(profile), 4);
    for (int i = 0; i < 700; i++) {
      byte[] packet = new byte[60 + SrtpProfile.MAX_OVERHEAD_BYTES];
      packet[0] = (byte) 0x80;
      packet[1] = (byte) 201;
      Packets.putInt32(packet, 4, i % 3);
      Packets.putInt32(packet, 56, i);
      byte[] plain = Arrays.copyOf(packet, 60);
      int length = sender.protectRtcp(packet, 0, 60);
      byte[] replay = packet.clone();
      assertThat(Arrays.copyOfRange(packet, 8, 60)).isNotEqualTo(Arrays.copyOfRange(plain, 8, 60));
      assertThat(receiver.unprotectRtcp(packet, 0, length)).isEqualTo(60);
      assertThat(Arrays.copyOf(packet, 60)).isEqualTo(plain);
      assertThat(receiver.unprotectRtcp(replay, 0, length)).isEqualTo(SrtpReceiver.REPLAYED);
      replay[10] ^= 1;
      Packets.putInt32(replay, 4, 99);
      assertThat(receiver.unprotectRtcp(replay, 0, length)).isEqualTo(SrtpReceiver.NOT_AUTHENTIC);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void ssrcsAreBounded(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(profile), 100);
    SrtpReceiver receiver = new SrtpReceiver(keys(profile), 50);
    for (int ssrc = 0; ssrc < 100; ssrc++) {
      byte[] packet = rtp(ssrc, 1, 20);
      int length = sender.protectRtp(packet, 0, 32);
      assertThat(receiver.unprotectRtp(packet, 0, length))
          .isEqualTo(ssrc < 50 ? 32 : SrtpReceiver.TOO_MANY_SSRCS);
    }
    assertThat(sender.protectRtp(rtp(100, 1, 20), 0, 32)).isEqualTo(SrtpSender.TOO_MANY_SSRCS);
    assertThat(sender.protectRtp(rtp(0, 2, 20), 0, 32)).isPositive();
  }

  @Property(tries = 300)
  void garbageIsRefusedAndNothingThrows(
      @ForAll SrtpProfile profile, @ForAll byte[] garbage, @ForAll long seed) {
    SrtpReceiver receiver = new SrtpReceiver(keys(profile), 4);
    byte[] packet = garbage.clone();
    assertThat(receiver.unprotectRtp(packet, 0, packet.length)).isNegative();
    assertThat(receiver.unprotectRtcp(packet, 0, packet.length)).isNegative();
    byte[] headed = new byte[new Random(seed).nextInt(120)];
    new Random(seed).nextBytes(headed);
    if (headed.length > 0) {
      headed[0] = (byte) (0x80 | (headed[0] & 0x3F));
    }
    assertThat(receiver.unprotectRtp(headed, 0, headed.length)).isNegative();
    assertThat(receiver.unprotectRtcp(headed, 0, headed.length)).isNegative();
  }

  private static int protect(SrtpSender sender, int sequence) {
    return sender.protectRtp(rtp(SSRC, sequence, 20), 0, 32);
  }

  private static byte[] rtp(int ssrc, int sequence, int body) {
    byte[] packet = new byte[12 + body + SrtpProfile.MAX_OVERHEAD_BYTES];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >>> 8);
    packet[3] = (byte) sequence;
    Packets.putInt32(packet, 8, ssrc);
    return packet;
  }

  private static SrtpKeys keys(SrtpProfile profile) {
    byte[] exported = new byte[SrtpKeys.exportedBytes(profile)];
    new Random(1).nextBytes(exported);
    return SrtpKeys.ofServer(profile, exported);
  }
}
