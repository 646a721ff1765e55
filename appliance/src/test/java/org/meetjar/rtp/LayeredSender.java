package org.meetjar.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A sender of VP9 or AV1 in three spatial and three temporal layers on one SSRC each, for tests. In
 * key pictures each layer needs the one below; in others it does only if it is not {@code
 * independent}.
 */
public final class LayeredSender {
  /** One packet on its way; {@code needs} are the frames, by number, that its frame needs. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sent(
      int encoding,
      long sequence,
      int timestamp,
      int frame,
      int picture,
      int spatial,
      int temporal,
      boolean start,
      boolean end,
      boolean key,
      List<Integer> needs,
      byte[] bytes)
      implements SentPacket {}

  public static final int SPATIAL = 3;
  public static final int DESCRIPTOR_ID = 11;
  private static final int TICKS = 3000;
  private static final int[] PATTERN = {0, 2, 1, 2};

  private final Random random;
  private final VideoCodec codec;
  private final boolean independent;
  private final int encoding;
  private final DescriptorWriter descriptors;
  private long sequence;
  private int timestamp;
  private int pictureId;
  private int tl0PicIdx;
  private int frameNumber;
  private int frames;
  private int pictures;
  private int sinceKey = -1;

  /** The last frame by spatial and temporal layer, -1 for none since the key picture. */
  private final int[][] last = new int[SPATIAL][3];

  private final int[][] lastNumber = new int[SPATIAL][3];

  public LayeredSender(Random random, VideoCodec codec, boolean independent, int encoding) {
    this.random = random;
    this.codec = codec;
    this.independent = independent;
    this.encoding = encoding;
    sequence = 0x10000 + 65536L - random.nextInt(300);
    timestamp = random.nextInt();
    pictureId = 0x7fff - random.nextInt(60);
    tl0PicIdx = 255 - random.nextInt(30);
    frameNumber = 0xffff - random.nextInt(200);
    descriptors = new DescriptorWriter(independent, random.nextInt(64));
  }

  /** The next picture, in all layers. */
  public List<Sent> next(double keyFrameProbability) {
    boolean key = sinceKey < 0 || random.nextDouble() < keyFrameProbability;
    sinceKey = key ? 0 : sinceKey + 1;
    int temporal = PATTERN[sinceKey % 4];
    timestamp += TICKS;
    pictureId = pictureId + 1 & 0x7fff;
    if (temporal == 0) {
      tl0PicIdx = tl0PicIdx + 1 & 0xff;
    }
    if (key) {
      for (int[] layer : last) {
        Arrays.fill(layer, -1);
      }
    }
    List<Sent> packets = new ArrayList<>();
    for (int spatial = 0; spatial < SPATIAL; spatial++) {
      frame(spatial, temporal, key, packets);
    }
    pictures++;
    return packets;
  }

  private void frame(int spatial, int temporal, boolean key, List<Sent> into) {
    frameNumber = frameNumber + 1 & 0xffff;
    List<Integer> needs = new ArrayList<>();
    List<Integer> differences = new ArrayList<>();
    if (spatial > 0 && (key || !independent)) {
      needs.add(frames - 1);
      differences.add(1);
    }
    if (!key) {
      // A T2 frame behind T1 needs T1; everything needs the last T0.
      int from = temporal == 2 && sinceKey % 4 == 3 ? 1 : 0;
      needs.add(last[spatial][from]);
      differences.add(frameNumber - lastNumber[spatial][from] & 0xffff);
    }
    last[spatial][temporal] = frames;
    lastNumber[spatial][temporal] = frameNumber;
    boolean renewed = key && spatial == 0;
    if (renewed) {
      descriptors.renew();
    }
    int count = 1 + random.nextInt(2 + spatial);
    for (int i = 0; i < count; i++) {
      boolean start = i == 0;
      boolean end = i == count - 1;
      byte[] payload =
          codec == VideoCodec.VP9
              ? vp9(spatial, temporal, key, start, end)
              : new byte[] {(byte) (start && key && spatial == 0 ? 0x18 : 0x10), 1, 2, 3};
      byte[] bytes =
          Packets.rtp(
              codec == VideoCodec.VP9 ? 101 : 41,
              end && spatial == SPATIAL - 1,
              (int) sequence,
              timestamp,
              encoding,
              payload);
      if (codec == VideoCodec.AV1) {
        byte[] element =
            descriptors.write(spatial, temporal, key, renewed && start, frameNumber, differences);
        element[0] = (byte) (element[0] & 0x3f | (start ? 0x80 : 0) | (end ? 0x40 : 0));
        bytes = Packets.withLongExtension(bytes, DESCRIPTOR_ID, element);
      }
      into.add(
          new Sent(
              encoding,
              sequence++,
              timestamp,
              frames,
              pictures,
              spatial,
              temporal,
              start,
              end,
              key,
              needs,
              bytes));
    }
    descriptors.advance(spatial, temporal, key, frameNumber);
    frames++;
  }

  private byte[] vp9(int spatial, int temporal, boolean key, boolean start, boolean end) {
    boolean structure = key && start && spatial == 0;
    boolean unused = spatial == SPATIAL - 1 || (independent && !key);
    byte[] payload = new byte[structure ? 22 : 8];
    payload[0] =
        (byte)
            (0xa0
                | (key ? 0 : 0x40)
                | (start ? 0x08 : 0)
                | (end ? 0x04 : 0)
                | (structure ? 0x02 : 0)
                | (unused ? 0x01 : 0));
    BigEndian.put16(payload, 1, 0x8000 | pictureId);
    boolean inter = spatial > 0 && (key || !independent);
    payload[3] =
        (byte) (temporal << 5 | (temporal < 2 ? 0x10 : 0) | spatial << 1 | (inter ? 1 : 0));
    payload[4] = (byte) tl0PicIdx;
    if (structure) {
      payload[5] = (byte) (SPATIAL - 1 << 5 | 0x10);
      for (int i = 0; i < SPATIAL; i++) {
        BigEndian.put16(payload, 6 + 4 * i, 320 << i);
        BigEndian.put16(payload, 8 + 4 * i, 180 << i);
      }
    }
    return payload;
  }
}
