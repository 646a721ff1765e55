package org.meetjar.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A sender of simulcast VP8 with three temporal layers, for tests: counters that wrap, and all. */
final class SimulcastSender {
  /** One packet on its way; {@code mark} names it. */
  @SuppressWarnings("ArrayRecordComponent")
  record Sent(
      int mark,
      int encoding,
      long sequence,
      int timestamp,
      int frame,
      boolean start,
      boolean end,
      boolean key,
      int temporalId,
      byte[] bytes)
      implements SentPacket {}

  static final int TICKS_PER_FRAME = 3000;
  private static final int[] PATTERN = {0, 2, 1, 2};

  private final Random random;
  private final int layers;
  private final long[] sequence;
  private final int[] timestampOffset;
  private final int[] pictureId;
  private final int[] tl0PicIdx;
  private final int[] sinceKey;
  private int frame;
  private int marks;

  SimulcastSender(Random random, int layers) {
    this.random = random;
    this.layers = layers;
    sequence = new long[layers];
    timestampOffset = new int[layers];
    pictureId = new int[layers];
    tl0PicIdx = new int[layers];
    sinceKey = new int[layers];
    for (int i = 0; i < layers; i++) {
      sequence[i] = 0x10000 + 65536L - random.nextInt(200);
      timestampOffset[i] = random.nextInt();
      pictureId[i] = 0x7fff - random.nextInt(100);
      tl0PicIdx[i] = 255 - random.nextInt(50);
      sinceKey[i] = -1;
    }
  }

  /** The wall clock of a frame, for sender reports: 32.32 seconds. */
  static long ntp(int frame) {
    return (1000L << 32) + (frame * (1L << 32)) / 30;
  }

  int timestamp(int encoding, int frame) {
    return timestampOffset[encoding] + frame * TICKS_PER_FRAME;
  }

  /** The next frame in all encodings. */
  List<Sent> next(double keyFrameProbability) {
    List<Sent> packets = new ArrayList<>();
    boolean key = frame == 0 || random.nextDouble() < keyFrameProbability;
    for (int encoding = 0; encoding < layers; encoding++) {
      frame(encoding, key, packets);
    }
    frame++;
    return packets;
  }

  private void frame(int encoding, boolean key, List<Sent> into) {
    sinceKey[encoding] = key ? 0 : sinceKey[encoding] + 1;
    int temporalId = PATTERN[sinceKey[encoding] % 4];
    boolean sync = sinceKey[encoding] % 8 < 4;
    pictureId[encoding]++;
    if (temporalId == 0) {
      tl0PicIdx[encoding]++;
    }
    int count = 1 + random.nextInt(1 + 2 * (encoding + 1));
    for (int i = 0; i < count; i++) {
      byte[] payload =
          Packets.vp8(
              i == 0,
              pictureId[encoding],
              tl0PicIdx[encoding],
              temporalId,
              sync && temporalId > 0,
              key ? 180 << encoding : 0,
              marks);
      int timestamp = timestamp(encoding, frame);
      byte[] bytes =
          Packets.rtp(
              Packets.VP8, i == count - 1, (int) sequence[encoding], timestamp, encoding, payload);
      into.add(
          new Sent(
              marks++,
              encoding,
              sequence[encoding]++,
              timestamp,
              frame,
              i == 0,
              i == count - 1,
              key,
              temporalId,
              bytes));
    }
  }
}
