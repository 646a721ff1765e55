package org.meetjar.load.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.load.check.Fault;

/** What the generator makes can be decoded, and the checker finds whatever is done to it. */
class CheckedStreamTest {
  private final Stream stream = new Stream();
  private final VideoLayer layer = Stream.layer(2);

  @Test
  void aWholeStreamHasNoFault() {
    stream.receive(stream.packets(layer, 3000)).wait2s();

    assertThat(stream.faults).isEmpty();
    assertThat(stream.lost).isZero();
    assertThat(stream.keyFrames).isEqualTo(1);
  }

  @Test
  void keyFramesInBetweenAreNoFault() {
    List<Stream.Packet> packets = new ArrayList<>(stream.packets(layer, 20));
    layer.wantKeyFrame();
    packets.addAll(stream.packets(layer, 20));

    stream.receive(packets).wait2s();

    assertThat(stream.faults).isEmpty();
    assertThat(stream.keyFrames).isEqualTo(2);
  }

  @Test
  void reorderingAndRetransmissionAreNoFault() {
    List<Stream.Packet> packets = stream.packets(layer, 50);
    Collections.swap(packets, 40, 41);
    Stream.Packet late = packets.remove(100);
    packets.add(130, late);
    packets.add(131, late);

    stream.receive(packets).wait2s();

    assertThat(stream.faults).isEmpty();
  }

  @Test
  void aLostPacketIsFound() {
    List<Stream.Packet> packets = stream.packets(layer, 50);
    packets.remove(100);

    stream.receive(packets).wait2s();

    assertThat(stream.faults).containsExactly(entry(Fault.LOST_PACKET, 1));
    assertThat(stream.lost).isEqualTo(1);
  }

  @Test
  void aLongGapIsFoundWithoutWaiting() {
    List<Stream.Packet> packets = stream.packets(layer, 200);
    packets.subList(100, 800).clear();

    stream.receive(packets);

    assertThat(stream.faults).containsExactly(entry(Fault.LOST_PACKET, 1));
    assertThat(stream.lost).isEqualTo(700);
  }

  @Test
  void aLeapOfPictureIdsIsFound() {
    List<Stream.Packet> packets = stream.packets(layer, 50);
    int leaping = packets.get(200).timestamp;
    packets.stream()
        .filter(packet -> packet.timestamp - leaping >= 0)
        .forEach(packet -> packet.pictureId(packet.pictureId() + 1 & 0x7fff));

    stream.receive(packets);

    assertThat(stream.faults).containsExactly(entry(Fault.PICTURE_ID, 1));
  }

  @Test
  void aDeltaFrameBeforeAnyKeyFrameIsFound() {
    List<Stream.Packet> packets = stream.packets(layer, 50);
    int key = packets.get(0).timestamp;
    packets.removeIf(packet -> packet.timestamp == key);

    stream.receive(packets);

    assertThat(stream.faults).containsExactly(entry(Fault.NO_KEY_FRAME, 1));
  }

  @Test
  void aSwitchAtAKeyFrameIsNoFault() {
    List<Stream.Packet> low = stream.packets(Stream.layer(0), 20);
    List<Stream.Packet> high = stream.packets(layer, 20);
    Stream.join(low, high);

    stream.receive(low).receive(high).wait2s();

    assertThat(stream.faults).isEmpty();
    assertThat(stream.switches).containsExactly(2);
  }

  @Test
  void aSwitchWithoutKeyFrameIsFoundThoughTheNumbersFit() {
    List<Stream.Packet> low = stream.packets(Stream.layer(0), 20);
    List<Stream.Packet> high = stream.packets(layer, 24);
    int fifth = nth(high, 4);
    List<Stream.Packet> tail =
        new ArrayList<>(high.stream().filter(each -> each.timestamp - fifth >= 0).toList());
    Stream.join(low, tail);

    stream.receive(low).receive(tail);

    assertThat(stream.faults).containsExactly(entry(Fault.NO_KEY_FRAME, 1));
  }

  @Test
  void aBaseFrameLeftOutIsFoundThoughTheNumbersFit() {
    List<Stream.Packet> before = stream.packets(layer, 8);
    stream.packets(layer, 4);
    List<Stream.Packet> after = stream.packets(layer, 8);
    Stream.join(before, after);

    stream.receive(before).receive(after);

    assertThat(stream.faults).containsExactly(entry(Fault.MISSING_REFERENCE, 1));
  }

  @Test
  void temporalLayersLeftOutAreNoFault() {
    List<Stream.Packet> packets = stream.packets(layer, 80);
    packets.removeIf(packet -> (packet.payload[5] & 0xc0) != 0);
    for (int i = 1; i < packets.size(); i++) {
      Stream.Packet packet = packets.get(i);
      Stream.Packet last = packets.get(i - 1);
      boolean same = packet.timestamp == last.timestamp;
      packet.sequence = last.sequence + 1;
      packet.pictureId(last.pictureId() + (same ? 0 : 1) & 0x7fff);
    }

    stream.receive(packets).wait2s();

    assertThat(stream.faults).isEmpty();
  }

  @Test
  void aTimestampThatGoesBackIsFound() {
    List<Stream.Packet> packets = stream.packets(layer, 50);
    int turning = nth(packets, 20);
    packets.stream()
        .filter(packet -> packet.timestamp - turning >= 0)
        .toList()
        .forEach(packet -> packet.timestamp -= 90_000);

    stream.receive(packets);

    assertThat(stream.faults).containsExactly(entry(Fault.TIMESTAMP, 1));
  }

  @Test
  void aFrameWithoutItsEndIsFound() {
    List<Stream.Packet> before = stream.packets(layer, 8);
    List<Stream.Packet> after = stream.packets(layer, 8);
    before.remove(before.size() - 1);
    after.forEach(packet -> packet.sequence--);

    stream.receive(before).receive(after);

    assertThat(stream.faults).containsExactly(entry(Fault.CUT_FRAME, 1));
  }

  @Test
  void afterAFaultItStartsAnewWithAKeyFrame() {
    List<Stream.Packet> packets = stream.packets(layer, 50);
    packets.remove(100);
    stream.receive(packets).wait2s();
    layer.wantKeyFrame();
    stream.receive(stream.packets(layer, 50)).wait2s();

    assertThat(stream.faults).containsExactly(entry(Fault.LOST_PACKET, 1));
    assertThat(stream.keyFrames).isEqualTo(2);
  }

  /** The timestamp of a frame. */
  private static int nth(List<Stream.Packet> packets, int frame) {
    return packets.stream().map(packet -> packet.timestamp).distinct().toList().get(frame);
  }
}
