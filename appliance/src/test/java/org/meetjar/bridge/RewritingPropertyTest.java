package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.RtpHeader;

/** Whatever happens, a receiver knows whose packets it gets. */
class RewritingPropertyTest {
  /**
   * People come, go, speak and are looked at in any order: every packet is of the source that its
   * stream was last said to stand for, numbers have no seam, and streams are within their bounds.
   */
  @Property(tries = 60)
  void noPacketIsOnAStreamThatWasNotAnnouncedForItsSource(
      @ForAll long seed, @ForAll @IntRange(min = -1, max = 3) int lastN) {
    TestBridge fresh = new TestBridge(RewritingTest.FEW);
    Random random = new Random(seed);
    Client viv = fresh.joinRewriting("viv");
    viv.say(RewritingTest.watch(lastN));
    Map<Integer, Client> people = new HashMap<>();
    Map<Integer, Integer> sequences = new HashMap<>();
    int clock = 0;
    for (int step = 0; step < 120; step++) {
      int who = 1 + random.nextInt(6);
      String id = "p" + who;
      clock += 3000;
      if (!people.containsKey(who)) {
        people.put(
            who,
            fresh.join(
                id, TestBridge.audio(id, who * 1000L), TestBridge.camera(id, who * 1000L + 100)));
      } else if (random.nextInt(20) == 0) {
        fresh.modify(EndpointModify.expire(id));
        people.remove(who);
      } else if (random.nextInt(4) == 0) {
        viv.say(RewritingTest.watch(lastN, id + "-v0"));
      } else if (random.nextInt(15) == 0) {
        viv.openChannel();
      }
      fresh.loop.advance(Duration.ofMillis(random.nextInt(200)));
      for (Map.Entry<Integer, Client> each : people.entrySet()) {
        String sender = "p" + each.getKey();
        int camera = each.getKey() * 1000 + 100;
        viv.transport.rtp.clear();
        each.getValue().video(camera, random.nextInt(3) == 0 ? 180 : 0, clock);
        each.getValue().audio(each.getKey() * 1000, random.nextInt(127), clock);
        for (byte[] packet : viv.transport.rtp) {
          int stream = RtpHeader.ssrc(packet, 0);
          boolean audio = RtpHeader.payloadType(packet, 0) == Packets.OPUS;
          String source = sender + (audio ? "-a0" : "-v0");
          assertThat(stream).isEqualTo(RewritingTest.ssrc(viv, audio ? "Audio" : "Video", source));
          int sequence = RtpHeader.sequence(packet, 0);
          Integer before = sequences.put(stream, sequence);
          if (before != null) {
            assertThat(sequence).isEqualTo(before + 1 & 0xffff);
          }
        }
      }
    }
    assertThat(sequences.size())
        .isLessThanOrEqualTo(RewritingTest.FEW.audioStreams() + RewritingTest.FEW.videoStreams());
  }
}
