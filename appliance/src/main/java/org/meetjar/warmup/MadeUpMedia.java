package org.meetjar.warmup;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.HeaderExtension;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.MediaSource.SsrcGroup;
import org.meetjar.colibri.PayloadType;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.transport.Transport;

/** One camera with three layers of VP8 and one microphone, as packets that mean nothing. */
final class MadeUpMedia {
  static final int TRANSPORT_CC = 5;
  private static final int LEVEL = 1;
  private static final int VP8 = 100;
  private static final int RTX = 96;
  private static final int OPUS = 111;
  private static final int LAYERS = 3;
  private static final int PACKETS = 2;
  private static final int[] HEIGHTS = {180, 360, 720};
  private static final int VIDEO_BYTES = 1_050;
  private static final int AUDIO_BYTES = 110;

  /** RTP header and an extension of one word, then the payload. */
  private static final int PAYLOAD = RtpHeader.FIXED_LENGTH + 8;

  static final List<MediaDescription> DESCRIPTIONS =
      List.of(
          new MediaDescription(
              MediaKind.AUDIO,
              List.of(new PayloadType(OPUS, "opus", 48000, 2, Map.of(), List.of("transport-cc"))),
              List.of(
                  new HeaderExtension(LEVEL, HeaderExtension.AUDIO_LEVEL),
                  new HeaderExtension(TRANSPORT_CC, HeaderExtension.TRANSPORT_CC))),
          new MediaDescription(
              MediaKind.VIDEO,
              List.of(
                  new PayloadType(
                      VP8, "VP8", 90000, 1, Map.of(), List.of("ccm fir", "nack", "nack pli")),
                  new PayloadType(RTX, "rtx", 90000, 1, Map.of("apt", "100"), List.of())),
              List.of(new HeaderExtension(TRANSPORT_CC, HeaderExtension.TRANSPORT_CC))));

  final int audioSsrc;
  private final String owner;
  private final int videoSsrc;
  private final ByteBuffer packet = ByteBuffer.allocate(PAYLOAD + VIDEO_BYTES + 16);
  private final int[] sequences = new int[LAYERS];
  private final int[] repeats = new int[LAYERS];
  private int audioSequence;
  private int transportSequence;
  private int sent;
  private boolean keyFrameWanted = true;

  MadeUpMedia(String owner, int ssrc) {
    this.owner = owner;
    audioSsrc = ssrc;
    videoSsrc = ssrc + 1;
  }

  List<MediaSource> sources() {
    long video = videoSsrc;
    return List.of(
        new MediaSource(
            owner + "-a0",
            MediaKind.AUDIO,
            MediaSource.VideoType.NONE,
            List.of((long) audioSsrc),
            List.of()),
        new MediaSource(
            owner + "-v0",
            MediaKind.VIDEO,
            MediaSource.VideoType.CAMERA,
            List.of(video, video + 1, video + 2, video + 10, video + 11, video + 12),
            List.of(
                new SsrcGroup("SIM", List.of(video, video + 1, video + 2)),
                new SsrcGroup("FID", List.of(video, video + 10)),
                new SsrcGroup("FID", List.of(video + 1, video + 11)),
                new SsrcGroup("FID", List.of(video + 2, video + 12)))));
  }

  void wantKeyFrame() {
    keyFrameWanted = true;
  }

  /**
   * Sends a picture in all its layers, and a packet of sound.
   *
   * @param lost one in so many packets is kept back
   */
  void next(int step, int lost, Transport transport) {
    boolean key = keyFrameWanted;
    keyFrameWanted = false;
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int i = 0; i < PACKETS; i++) {
        boolean last = i == PACKETS - 1;
        header(VP8, last, sequences[layer]++, step * 3_000, videoSsrc + layer);
        descriptor(step, i == 0, key ? HEIGHTS[layer] : 0);
        if (++sent % lost != 0) {
          transport.sendRtp(packet.array(), 0, PAYLOAD + VIDEO_BYTES - (last ? 100 : 0));
        }
      }
    }
    header(OPUS, false, audioSequence++, step * 960, audioSsrc);
    transport.sendRtp(packet.array(), 0, PAYLOAD + AUDIO_BYTES);
  }

  /** RTP header with audio level and transport-wide sequence number, RFC 8285 section 4.2. */
  private void header(int payloadType, boolean marker, int sequence, int timestamp, int ssrc) {
    boolean sound = payloadType == OPUS;
    packet.clear();
    packet.put((byte) 0x90).put((byte) ((marker ? 0x80 : 0) | payloadType));
    packet.putShort((short) sequence).putInt(timestamp).putInt(ssrc);
    packet.putShort((short) 0xBEDE).putShort((short) 1);
    // Level and number do not fit into one word: sound goes without a number.
    packet.put((byte) (sound ? LEVEL << 4 : TRANSPORT_CC << 4 | 1));
    packet.putShort((short) (sound ? 30 << 8 : transportSequence++)).put((byte) 0);
  }

  /** RFC 7741 sections 4.2 and 4.3. */
  private void descriptor(int picture, boolean start, int keyHeight) {
    int temporal = picture & 1;
    packet.put((byte) (0x80 | (start ? 0x10 : 0))).put((byte) 0xE0);
    packet.putShort((short) (0x8000 | (picture & 0x7FFF))).put((byte) (picture >> 1));
    packet.put((byte) (keyHeight > 0 ? 0 : temporal << 6 | 0x20));
    packet.put((byte) (keyHeight > 0 ? 0x10 : 0x11)).putShort((short) 0);
    if (start && keyHeight > 0) {
      int width = keyHeight * 16 / 9;
      packet.put((byte) 0x9D).put((byte) 0x01).put((byte) 0x2A);
      packet.put((byte) width).put((byte) (width >> 8));
      packet.put((byte) keyHeight).put((byte) (keyHeight >> 8));
    }
  }

  /** Sends something as the packet that is missed, RFC 4588. */
  void repeat(int source, int sequence, Transport transport) {
    int layer = source - videoSsrc;
    if (layer < 0 || layer >= LAYERS) {
      return;
    }
    header(RTX, false, repeats[layer]++, 0, source + 10);
    packet.putShort((short) sequence);
    descriptor(sequence / PACKETS, false, 0);
    transport.sendRtp(packet.array(), 0, PAYLOAD + 2 + VIDEO_BYTES - 100);
  }
}
