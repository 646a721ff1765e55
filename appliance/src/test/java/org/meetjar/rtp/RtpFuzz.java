package org.meetjar.rtp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.meetjar.fuzz.Target;

/**
 * RTP packets of every codec, on their way through: header, header extensions, payload descriptor,
 * choice of layers, and what a receiver gets. The bytes are a codec, and packets with their lengths
 * before them, since descriptors refer to earlier ones.
 */
public final class RtpFuzz implements Target {
  private static final VideoCodec[] CODECS = VideoCodec.values();
  private static final int DESCRIPTOR = 12;
  private static final int RTX = 97;
  private static final ExtensionMap SENDER =
      new ExtensionMap(
          Map.of(
              ExtensionKind.AUDIO_LEVEL.uri(), 1,
              ExtensionKind.ABS_SEND_TIME.uri(), 3,
              ExtensionKind.TRANSPORT_CC.uri(), 5,
              ExtensionKind.DEPENDENCY_DESCRIPTOR.uri(), DESCRIPTOR,
              ExtensionKind.MID.uri(), 9));
  private static final ExtensionMap RECEIVER =
      new ExtensionMap(
          Map.of(
              ExtensionKind.TRANSPORT_CC.uri(), 2, ExtensionKind.DEPENDENCY_DESCRIPTOR.uri(), 7));

  private final MediaPacket packet = new MediaPacket();
  private final MediaPacket plain = new MediaPacket();
  private final ExtensionReader reader = new ExtensionReader();

  @Override
  public void read(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    VideoCodec codec = CODECS[(bytes[0] & 0xff) % CODECS.length];
    CodecState state = new CodecState();
    EncodingProjection whole = projection(7);
    EncodingProjection part = projection(0);
    long sequence = 1000;
    int at = 1;
    while (at + 2 <= bytes.length) {
      int length = Math.min(BigEndian.u16(bytes, at), bytes.length - at - 2);
      byte[] one = java.util.Arrays.copyOfRange(bytes, at + 2, at + 2 + length);
      packet(one, codec, state, sequence++, whole, part);
      at += 2 + length;
    }
  }

  private static EncodingProjection projection(int limit) {
    EncodingProjection made =
        new EncodingProjection(new SenderReportClock[] {new SenderReportClock(90_000)});
    made.target(0, 0);
    made.layerLimit(limit, limit);
    return made;
  }

  private void packet(
      byte[] bytes,
      VideoCodec codec,
      CodecState state,
      long sequence,
      EncodingProjection whole,
      EncodingProjection part) {
    if (!RtpHeader.isValid(bytes, 0, bytes.length)) {
      return;
    }
    for (int id = 1; id < 15; id++) {
      reader.value(bytes, 0, id, 2);
    }
    Rtx.unwrap(bytes.clone(), 0, bytes.length, 7, Packets.VP8);
    if (!packet.take(bytes, 0, bytes.length, SENDER, sequence)
        || !packet.describe(codec, state, true)) {
      return;
    }
    plain.takePrimary(packet);
    for (EncodingProjection projection : List.of(whole, part)) {
      if (projection.project(packet, 0, sequence * 1_000_000)) {
        packet.stamp(RECEIVER, 9, 10);
        if (!RtpHeader.isValid(packet.bytes(), 0, packet.length())) {
          throw new AssertionError("what goes out is no RTP");
        }
      }
    }
    packet.wrapInRtx(8, RTX, 11);
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    byte[] audio = Packets.rtp(Packets.OPUS, false, 1, 2, 3, new byte[20]);
    seeds.add(
        stream(
            VideoCodec.OTHER,
            audio,
            Packets.withExtensions(audio, Map.of(1, new byte[] {7}, 5, new byte[] {1, 2}))));
    seeds.add(
        stream(
            VideoCodec.VP8,
            video(Packets.vp8(true, 0x1234, 200, 0, false, 720, 1)),
            video(Packets.vp8(true, 0x1235, 200, 2, true, 0, 2))));
    seeds.add(
        stream(
            VideoCodec.VP9,
            video(hex("aa9234100758014000b4028001680500" + "02d0041004540134025401aa")),
            video(hex("ed114308aa"))));
    seeds.add(
        stream(
            VideoCodec.H264,
            video(hex("68ce3c80")),
            video(hex("7c85b84000")),
            video(hex("7c05b84000"))));
    seeds.add(
        stream(
            VideoCodec.AV1,
            described(DependencyDescriptorTest.L3T3),
            described("860173"),
            described("86017340fc")));
    return seeds;
  }

  private static byte[] video(byte... payload) {
    return Packets.rtp(Packets.VP8, true, 1, 2, 3, payload);
  }

  /** A packet with a dependency descriptor as a two-byte extension, RFC 8285 section 4.3. */
  private static byte[] described(String descriptor) {
    byte[] value = hex(descriptor);
    int padded = 2 + value.length + 3 & ~3;
    byte[] bare = video(hex("180a0b0c"));
    byte[] all = new byte[bare.length + 4 + padded];
    System.arraycopy(bare, 0, all, 0, 12);
    all[0] |= 0x10;
    BigEndian.put16(all, 12, 0x1000);
    BigEndian.put16(all, 14, padded / 4);
    all[16] = DESCRIPTOR;
    all[17] = (byte) value.length;
    System.arraycopy(value, 0, all, 18, value.length);
    System.arraycopy(bare, 12, all, 16 + padded, bare.length - 12);
    return all;
  }

  private static byte[] stream(VideoCodec codec, byte[]... packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(codec.ordinal());
    for (byte[] one : packets) {
      all.write(one.length >> 8);
      all.write(one.length);
      all.writeBytes(one);
    }
    return all.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
