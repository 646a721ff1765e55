package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.bridge.Client.SEE_180;
import static org.meetjar.bridge.TestBridge.audio;
import static org.meetjar.bridge.TestBridge.camera;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.meetjar.rtp.RtpHeader;

/** When more is lost than repairs can make good: key frames in their place, and not too many. */
class OverloadTest {
  private static final int ANN_VIDEO = 2000;
  private static final Duration FRAME = Duration.ofMillis(33);

  private final TestBridge bridge = new TestBridge();
  private final Client ann = bridge.join("ann", audio("ann", 1000), camera("ann", ANN_VIDEO));
  private final Client bob = bridge.join("bob", audio("bob", 3000), camera("bob", 4000));
  private int timestamp = 1_000;

  private void frame(int layer, boolean key) {
    timestamp += 3000;
    ann.video(ANN_VIDEO + layer, key ? 180 << layer : 0, timestamp);
    bridge.loop.advance(FRAME);
  }

  /** Of the next so many packets of a layer one in three arrives. */
  private void loseTwoOfThree(int layer, int packets) {
    for (int i = 0; i < packets; i++) {
      if (i % 3 == 0) {
        frame(layer, false);
      } else {
        ann.videoPacket(ANN_VIDEO + layer, 0, timestamp);
      }
    }
  }

  private void bobSees180() {
    bob.say(SEE_180);
    frame(0, true);
    bridge.loop.advance(Duration.ofSeconds(2));
    ann.transport.rtcp.clear();
  }

  @Test
  void moreThanTheBudgetIsNotAskedForAgain() {
    bobSees180();
    loseTwoOfThree(0, 600);
    int received = 201;
    // The burst, and a quarter of what came.
    assertThat(ann.nacks()).hasSizeBetween(150, 200 + received / 4);
    assertThat(bridge.bridge.metrics().snapshot().get("nacks_abandoned")).isPositive();
  }

  @Test
  void aKeyFrameIsAskedForInItsPlace() {
    bobSees180();
    loseTwoOfThree(0, 600);
    assertThat(ann.keyFrameRequests()).isNotEmpty().containsOnly(ANN_VIDEO);
  }

  @Test
  void noKeyFrameIsAskedForOfALayerThatNobodyGets() {
    bobSees180();
    frame(2, true);
    ann.transport.rtcp.clear();
    for (int i = 0; i < 100; i++) {
      frame(0, false);
      loseTwoOfThree(2, 6);
    }
    assertThat(bridge.bridge.metrics().snapshot().get("nacks_abandoned")).isPositive();
    assertThat(ann.keyFrameRequests()).doesNotContain(ANN_VIDEO + 2);
  }

  @Test
  void aLittleLossIsRepaired() {
    bobSees180();
    for (int i = 0; i < 50; i++) {
      frame(0, false);
      frame(0, false);
      byte[] lost = ann.videoPacket(ANN_VIDEO, 0, timestamp);
      frame(0, false);
      ann.rtp(lost);
      frame(0, false);
    }
    assertThat(ann.nacks()).hasSize(50);
    assertThat(ann.keyFrameRequests()).isEmpty();
  }

  @Test
  void aLoopThatIsBehindAsksForFewerKeyFrames() {
    bobSees180();
    bridge.loop.behind = true;
    for (int i = 0; i < 20; i++) {
      bob.pictureLoss(ANN_VIDEO);
      bridge.loop.advance(Duration.ofMillis(250));
    }
    int behind = ann.keyFrameRequests().size();
    assertThat(behind).isBetween(2, 3);
  }

  @Test
  void aLoopThatIsBehindWaitsLongerForAnswers() {
    bobSees180();
    ann.videoPacket(ANN_VIDEO, 0, timestamp);
    bridge.loop.behind = true;
    frame(0, false);
    bridge.loop.advance(Duration.ofMillis(140));
    assertThat(ann.nacks()).hasSize(1);
    bridge.loop.behind = false;
    ann.transport.rtcp.clear();
    ann.videoPacket(ANN_VIDEO, 0, timestamp);
    frame(0, false);
    bridge.loop.advance(Duration.ofMillis(270));
    assertThat(ann.nacks()).hasSizeGreaterThan(2);
  }

  @Test
  void whatWeNeverGotIsNotRepeated() {
    bobSees180();
    ann.videoPacket(ANN_VIDEO, 0, timestamp);
    frame(0, false);
    bob.nack(ANN_VIDEO, RtpHeader.sequence(bob.received(ANN_VIDEO).get(1), 0) - 1);
    assertThat(bob.received(ANN_VIDEO + 10)).isEmpty();
    assertThat(bridge.bridge.metrics().snapshot().get("nacks_answered")).isZero();
  }
}
