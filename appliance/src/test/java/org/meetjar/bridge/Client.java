package org.meetjar.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.RtcpReader;
import org.meetjar.rtp.RtcpVisitor;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;

/** One client of a {@link TestBridge}. */
final class Client {
  /** A wish to see everybody so large, for {@link #say}. */
  static final String SEE_720 =
      "{'colibriClass':'ReceiverVideoConstraints','lastN':-1,'defaultConstraints':{'maxHeight':720}}";

  static final String SEE_180 =
      "{'colibriClass':'ReceiverVideoConstraints','defaultConstraints':{'maxHeight':180}}";

  final TestBridge bridge;
  final String id;
  final RecordingTransport transport;
  RecordingChannel channel;
  private final Map<Integer, Integer> sequences = new HashMap<>();
  private final Map<Integer, Integer> pictures = new HashMap<>();
  private int transportSequence;
  private int mark;

  Client(TestBridge bridge, String id, RecordingTransport transport) {
    this.bridge = bridge;
    this.id = id;
    this.transport = transport;
  }

  /** Opens the bridge channel by the URL that the bridge gave. */
  RecordingChannel openChannel() {
    String url = bridge.urls.get(id);
    String path = url.substring(url.indexOf("/colibri-ws/") + 12, url.indexOf('?'));
    String password = url.substring(url.indexOf("pwd=") + 4);
    int status = bridge.bridge.channels().admit(path, TestBridge.request(password));
    if (status != 101) {
      throw new AssertionError("refused with " + status);
    }
    channel = new RecordingChannel();
    channel.listener = bridge.bridge.channels().open(path, channel);
    bridge.loop.turn();
    return channel;
  }

  void say(String json) {
    channel.listener.onText(json.replace('\'', '"'));
    bridge.loop.turn();
  }

  /** Sends a packet as it is. */
  void rtp(byte[] packet) {
    transport.lastActivityNanos = bridge.loop.nanoTime();
    byte[] buffer = new byte[1600];
    System.arraycopy(packet, 0, buffer, 7, packet.length);
    transport.listener.rtp(buffer, 7, packet.length, bridge.loop.nanoTime());
    bridge.loop.turn();
  }

  void rtcp(RtcpWriter writer) {
    transport.lastActivityNanos = bridge.loop.nanoTime();
    transport.listener.rtcp(writer.bytes().clone(), 0, writer.length(), bridge.loop.nanoTime());
    bridge.loop.turn();
  }

  /** Sends a compound RTCP packet as it is. */
  void rtcp(byte[] packet) {
    transport.listener.rtcp(packet.clone(), 0, packet.length, bridge.loop.nanoTime());
    bridge.loop.turn();
  }

  /** Sends a frame of one packet of VP8. */
  int video(int ssrc, int keyHeight, int timestamp) {
    rtp(videoPacket(ssrc, keyHeight, timestamp));
    return mark;
  }

  byte[] videoPacket(int ssrc, int keyHeight, int timestamp) {
    int sequence = sequences.merge(ssrc, 1, Integer::sum);
    int picture = pictures.merge(ssrc, 1, Integer::sum);
    byte[] payload = Packets.vp8(true, picture, picture, 0, false, keyHeight, ++mark);
    byte[] packet = Packets.rtp(Packets.VP8, true, sequence, timestamp, ssrc, payload);
    int transport = transportSequence++;
    return Packets.withExtensions(
        packet,
        Map.of(
            TestBridge.TCC_ID,
            new byte[] {(byte) (transport >> 8), (byte) transport},
            TestBridge.MID_ID,
            new byte[] {'1'}));
  }

  /** Sends a frame of a camera in its three encodings, and lets its time pass. */
  void cameraFrame(int ssrc, boolean key, int timestamp) {
    for (int layer = 0; layer < 3; layer++) {
      video(ssrc + layer, key ? 180 << layer : 0, timestamp);
    }
    bridge.loop.advance(Duration.ofMillis(33));
  }

  /** Sends a packet of audio with a level, 0 (silence) to 127. */
  void audio(int ssrc, int level, int timestamp) {
    int sequence = sequences.merge(ssrc, 1, Integer::sum);
    byte[] packet =
        Packets.rtp(Packets.OPUS, false, sequence, timestamp, ssrc, new byte[] {1, 2, 3});
    rtp(
        Packets.withExtensions(
            packet, Map.of(TestBridge.LEVEL_ID, new byte[] {(byte) (127 - level)})));
  }

  /** What came on an SSRC. */
  List<byte[]> received(int ssrc) {
    return transport.rtp.stream().filter(packet -> RtpHeader.ssrc(packet, 0) == ssrc).toList();
  }

  /** The marks of the video packets that came on an SSRC. */
  List<Integer> marks(int ssrc) {
    return received(ssrc).stream().map(packet -> Packets.mark(packet, packet.length)).toList();
  }

  /** The SSRCs that the bridge asked key frames of. */
  List<Integer> keyFrameRequests() {
    List<Integer> ssrcs = new ArrayList<>();
    readRtcp(
        new RtcpVisitor() {
          @Override
          public void keyFrameRequest(int source) {
            ssrcs.add(source);
          }
        });
    return ssrcs;
  }

  /** The sequence numbers that the bridge asked for again. */
  List<Integer> nacks() {
    List<Integer> sequences = new ArrayList<>();
    readRtcp(
        new RtcpVisitor() {
          @Override
          public void nack(int source, int sequence) {
            sequences.add(sequence);
          }
        });
    return sequences;
  }

  /** Reads all that the bridge has told. */
  void readRtcp(RtcpVisitor visitor) {
    for (byte[] packet : transport.rtcp) {
      RtcpReader.read(packet, 0, packet.length, visitor);
    }
  }

  /** Asks for a packet again. */
  void nack(int ssrc, int sequence) {
    RtcpWriter nack = new RtcpWriter();
    nack.receiverReport(1);
    nack.nack(1, ssrc, new int[] {sequence}, 1);
    rtcp(nack);
  }

  /** Asks for a key frame. */
  void pictureLoss(int ssrc) {
    RtcpWriter pli = new RtcpWriter();
    pli.receiverReport(1);
    pli.pictureLoss(1, ssrc);
    rtcp(pli);
  }
}
