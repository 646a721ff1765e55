package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.bridge.TestBridge.audio;
import static org.meetjar.bridge.TestBridge.camera;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;

/** What an authenticated client may send to do harm. */
class HostileMediaTest {
  private final TestBridge bridge = new TestBridge();
  private final Client ann = bridge.join("ann", audio("ann", 1000), camera("ann", 2000));
  private final Client bob = bridge.join("bob");

  @Property(tries = 60)
  void nothingThatItSendsThrowsOrLeavesOnAnotherStream(@ForAll long seed) {
    Random random = new Random(seed);
    bob.say("{'colibriClass':'ReceiverVideoConstraints','defaultConstraints':{'maxHeight':720}}");
    for (int i = 0; i < 200; i++) {
      byte[] packet = ann.videoPacket(2000 + random.nextInt(3), random.nextInt(4) * 90, i * 3000);
      int[] ssrcs = {1000, 2000, 2001, 2002, 2010, 2011, 2012};
      int[] types = {Packets.VP8, Packets.RTX, Packets.OPUS, 101, random.nextInt(128)};
      RtpHeader.payloadType(packet, 0, types[random.nextInt(types.length)]);
      RtpHeader.ssrc(packet, 0, ssrcs[random.nextInt(ssrcs.length)]);
      for (int j = random.nextInt(6); j > 0; j--) {
        int at = random.nextInt(packet.length);
        if (at < 8 || at > 11) {
          packet[at] = (byte) random.nextInt(256);
        }
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(packet.length) : packet.length;
      ann.rtp(Arrays.copyOf(packet, length));
      feedback(random);
      bridge.loop.advance(Duration.ofMillis(random.nextInt(60)));
    }
    for (byte[] packet : bob.transport.rtp) {
      assertThat(RtpHeader.isValid(packet, 0, packet.length)).isTrue();
      assertThat(RtpHeader.ssrc(packet, 0)).isIn(1000, 2000, 2010);
    }
  }

  private void feedback(Random random) {
    RtcpWriter writer = new RtcpWriter();
    writer.receiverReport(1);
    writer.senderReport(2000 + random.nextInt(3), random.nextLong(), random.nextInt(), 1, 1);
    writer.pictureLoss(1, random.nextBoolean() ? 2000 : random.nextInt());
    int first = random.nextInt(65536);
    writer.nack(1, 2000, new int[] {first, (first + 3) & 0xffff}, 2);
    byte[] bytes = writer.bytes();
    for (int j = random.nextInt(4); j > 0; j--) {
      bytes[random.nextInt(writer.length())] = (byte) random.nextInt(256);
    }
    ann.rtcp(writer);
    bob.rtcp(writer);
  }
}
