package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.bridge.Client.SEE_180;
import static org.meetjar.bridge.Client.SEE_720;
import static org.meetjar.bridge.TestBridge.audio;
import static org.meetjar.bridge.TestBridge.camera;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.RtcpVisitor;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;

/** Loss, key frames and reports: RTCP in both directions. */
class FeedbackTest {
  private static final int ANN_VIDEO = 2000;

  private final TestBridge bridge = new TestBridge();
  private final Client ann = bridge.join("ann", audio("ann", 1000), camera("ann", ANN_VIDEO));
  private final Client bob = bridge.join("bob", audio("bob", 3000), camera("bob", 4000));
  private int timestamp = 1_000;

  private void annSendsFrame(boolean key) {
    timestamp += 3000;
    ann.cameraFrame(ANN_VIDEO, key, timestamp);
  }

  @Test
  void aNackIsAnsweredByARetransmission() {
    bob.say(SEE_180);
    annSendsFrame(true);
    annSendsFrame(false);
    byte[] lost = bob.received(ANN_VIDEO).get(1);
    bob.nack(ANN_VIDEO, RtpHeader.sequence(lost, 0));
    List<byte[]> repeated = bob.received(ANN_VIDEO + 10);
    assertThat(repeated).hasSize(1);
    byte[] packet = repeated.get(0);
    assertThat(RtpHeader.payloadType(packet, 0)).isEqualTo(Packets.RTX);
    int payload = RtpHeader.length(packet, 0);
    int original = ((packet[payload] & 0xff) << 8) | (packet[payload + 1] & 0xff);
    assertThat(original).isEqualTo(RtpHeader.sequence(lost, 0));
    int lostPayload = RtpHeader.length(lost, 0);
    assertThat(Arrays.copyOfRange(packet, payload + 2, packet.length))
        .isEqualTo(Arrays.copyOfRange(lost, lostPayload, lost.length));
    assertThat(bridge.bridge.metrics().snapshot()).containsEntry("nacks_answered", 1L);
  }

  @Test
  void whatIsLostOnTheWayToUsIsAskedForAndPassedOnInItsPlace() {
    bob.say(SEE_180);
    annSendsFrame(true);
    byte[] lost = ann.videoPacket(ANN_VIDEO, 0, timestamp + 3000);
    ann.video(ANN_VIDEO, 0, timestamp + 6000);
    bridge.loop.advance(Duration.ofMillis(60));
    assertThat(ann.nacks()).contains(RtpHeader.sequence(lost, 0));
    int header = RtpHeader.length(lost, 0);
    byte[] rtx = new byte[lost.length + 2];
    System.arraycopy(lost, 0, rtx, 0, header);
    rtx[header] = lost[2];
    rtx[header + 1] = lost[3];
    System.arraycopy(lost, header, rtx, header + 2, lost.length - header);
    RtpHeader.ssrc(rtx, 0, ANN_VIDEO + 10);
    RtpHeader.payloadType(rtx, 0, Packets.RTX);
    RtpHeader.sequence(rtx, 0, 77);
    ann.rtp(rtx);
    List<byte[]> packets = bob.received(ANN_VIDEO);
    assertThat(packets).hasSize(3);
    assertThat(RtpHeader.sequence(packets.get(2), 0))
        .isEqualTo(RtpHeader.sequence(packets.get(1), 0) - 1);
    assertThat(Packets.mark(packets.get(2), packets.get(2).length))
        .isEqualTo(Packets.mark(lost, lost.length));
  }

  @Test
  void aReceiversWishForAKeyFrameReachesTheSenderButNotTooOften() {
    bob.say(SEE_180);
    annSendsFrame(true);
    bridge.loop.advance(Duration.ofSeconds(1));
    int before = ann.keyFrameRequests().size();
    for (int i = 0; i < 10; i++) {
      bob.pictureLoss(ANN_VIDEO);
      bridge.loop.advance(Duration.ofMillis(300));
    }
    assertThat(ann.keyFrameRequests().size() - before).isEqualTo(3);
  }

  @Test
  void reportsLetTheReceiverKeepSoundAndPictureInStep() {
    bridge.modify(TestBridge.withoutTransportCc("bob"));
    bob.say(SEE_720);
    RtcpWriter report = new RtcpWriter();
    report.senderReport(ANN_VIDEO, 5L << 32, 70_000, 1, 1);
    report.senderReport(ANN_VIDEO + 2, 5L << 32, 900_000, 1, 1);
    ann.rtcp(report);
    ann.video(ANN_VIDEO, 180, 73_000);
    bridge.loop.advance(Duration.ofMillis(33));
    ann.video(ANN_VIDEO + 2, 720, 906_000);
    List<byte[]> packets = bob.received(ANN_VIDEO);
    assertThat(RtpHeader.timestamp(packets.get(1), 0) - RtpHeader.timestamp(packets.get(0), 0))
        .isEqualTo(3000);
    bob.transport.rtcp.clear();
    bridge.loop.advance(Duration.ofSeconds(2));
    List<Long> told = new ArrayList<>();
    bob.readRtcp(
        new RtcpVisitor() {
          @Override
          public void senderReport(int ssrc, long ntp, int rtp) {
            assertThat(ssrc).isEqualTo(ANN_VIDEO);
            // 70 000 at 5 s of the sender's clock, at 90 kHz.
            told.add(Math.round((ntp - (5L << 32)) * 90_000 / 4294967296.0) + 70_000 - rtp);
          }
        });
    assertThat(told).isNotEmpty().allSatisfy(error -> assertThat(error).isBetween(-2L, 2L));
  }

  @Test
  void theSenderHearsWhenItsPacketsArrived() {
    bob.say(SEE_180);
    for (int i = 0; i < 30; i++) {
      annSendsFrame(i == 0);
    }
    bridge.loop.advance(Duration.ofSeconds(1));
    boolean[] heard = new boolean[2];
    ann.readRtcp(
        new RtcpVisitor() {
          @Override
          public void transportFeedback(byte[] b, int offset, int length) {
            heard[0] = true;
          }

          @Override
          public void reportBlock(int source, int lost, int lastReport, long delay) {
            heard[1] = true;
            assertThat(lost).isZero();
          }
        });
    assertThat(heard).containsExactly(true, true);
  }
}
