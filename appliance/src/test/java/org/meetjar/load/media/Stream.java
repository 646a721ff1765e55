package org.meetjar.load.media;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.meetjar.load.check.Fault;
import org.meetjar.load.check.Mark;
import org.meetjar.load.check.StreamListener;
import org.meetjar.load.check.VideoChecker;

/** Frames of the generator on their way to a checker, with what a server could do to them. */
final class Stream implements StreamListener {
  /** One packet, as a receiver sees it. */
  static final class Packet {
    long sequence;
    int timestamp;
    boolean marker;
    byte[] payload = new byte[0];

    int pictureId() {
      return (payload[2] & 0x7f) << 8 | (payload[3] & 0xff);
    }

    void pictureId(int id) {
      payload[2] = (byte) (0x80 | id >> 8);
      payload[3] = (byte) id;
    }
  }

  static final long FRAME_NANOS = 33_000_000;

  final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  final List<Integer> switches = new ArrayList<>();
  final VideoChecker checker = new VideoChecker(this);
  int lost;
  int keyFrames;
  long nanos = 1_000_000_000;

  static VideoLayer layer(int index) {
    VideoShape.Layer shape = VideoShape.upTo(720).orElseThrow().layers().get(index);
    return new VideoLayer(index, shape, 1 + index, 11 + index, new SplittableRandom(index));
  }

  /** The packets of some frames that follow each other. */
  List<Packet> packets(VideoLayer layer, int frames) {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      nanos += FRAME_NANOS;
      Frame frame = layer.next(nanos);
      for (int part = 0; part < frame.packets; part++) {
        frame.sent++;
        Packet packet = new Packet();
        packet.sequence = frame.firstSequence + part;
        packet.timestamp = frame.timestamp;
        packet.marker = part == frame.packets - 1;
        byte[] b = new byte[1500];
        int length = layer.payload(frame, part, new Mark(), b, 0);
        packet.payload = java.util.Arrays.copyOf(b, length);
        packets.add(packet);
      }
    }
    return packets;
  }

  /** Makes packets of one layer follow those of another, as a server has to. */
  static void join(List<Packet> before, List<Packet> after) {
    Packet last = before.get(before.size() - 1);
    Packet first = after.get(0);
    long sequences = last.sequence + 1 - first.sequence;
    int timestamps = last.timestamp + 3000 - first.timestamp;
    int pictures = last.pictureId() + 1 - first.pictureId();
    int base = (last.payload[4] & 0xff) + 1 - (first.payload[4] & 0xff);
    for (Packet packet : after) {
      packet.sequence += sequences;
      packet.timestamp += timestamps;
      packet.pictureId(packet.pictureId() + pictures & 0x7fff);
      packet.payload[4] += (byte) base;
    }
  }

  Stream receive(List<Packet> packets) {
    for (Packet packet : packets) {
      nanos += 1000;
      checker.packet(
          packet.sequence,
          packet.timestamp,
          packet.marker,
          packet.payload,
          0,
          packet.payload.length,
          nanos);
    }
    return this;
  }

  /** Lets two seconds pass. */
  Stream wait2s() {
    nanos += 2_000_000_000L;
    checker.expire(nanos);
    return this;
  }

  @Override
  public void fault(Fault fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  @Override
  public void lost(int packets) {
    lost += packets;
  }

  @Override
  public void keyFrame(long nanos) {
    keyFrames++;
  }

  @Override
  public void switched(int fromLayer, int toLayer, long nanos) {
    switches.add(toLayer);
  }
}
