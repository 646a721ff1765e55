package org.meetjar.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.meetjar.config.DatagramMode;
import org.meetjar.datagram.DatagramIo;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.datagram.Destination;
import org.meetjar.datagram.PortGroup;
import org.meetjar.rtp.CodecState;
import org.meetjar.rtp.EncodingProjection;
import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.rtp.MediaPacket;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.SenderReportClock;
import org.meetjar.rtp.VideoCodec;
import org.meetjar.srtp.SrtpKeys;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The steps of a packet through the bridge, each by itself, in the shape of the yardstick: bursts
 * of eight equal packets, one in and nine out, AEAD_AES_128_GCM. Nanoseconds per packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class StageBenchmarks {
  static final int RECEIVERS = 9;
  private static final int BURST = 8;
  private static final int PACKETS = 64 * BURST;
  private static final int SLOT = 1600;
  private static final int AUDIO_LEVEL = 1;
  private static final int TRANSPORT_CC = 5;
  private static final ExtensionMap EXTENSIONS =
      new ExtensionMap(
          Map.of(
              ExtensionKind.AUDIO_LEVEL.uri(),
              AUDIO_LEVEL,
              ExtensionKind.TRANSPORT_CC.uri(),
              TRANSPORT_CC));

  /** Of an RTP packet before it is protected: video, audio. */
  @Param({"1200", "160"})
  public int bytes;

  private final SrtpKeys keys = keys();
  private final byte[][] plain = new byte[PACKETS][];
  private final byte[] sealed = new byte[PACKETS * SLOT];
  private final byte[] incoming = new byte[PACKETS * SLOT];
  private final int[] sealedLengths = new int[PACKETS];
  private final MediaPacket[] taken = new MediaPacket[PACKETS];
  private final MediaPacket packet = new MediaPacket();
  private final CodecState state = new CodecState();
  private final SrtpSender sender = new SrtpSender(keys, 4);
  private final byte[] arena = new byte[BURST * SLOT];
  private final int[] offsets = new int[BURST];
  private final int[] lengths = new int[BURST];
  private SrtpReceiver receiver = new SrtpReceiver(keys, 4);
  private EncodingProjection projection = projection();
  private EncodingProjection other = projection();
  private PortGroup out;
  private DatagramPort port;
  private Sink sink;
  private int sequence;

  private static SrtpKeys keys() {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    return SrtpKeys.ofClient(profile, new byte[SrtpKeys.exportedBytes(profile)]);
  }

  private static EncodingProjection projection() {
    EncodingProjection made =
        new EncodingProjection(
            new SenderReportClock[] {new SenderReportClock(90_000), new SenderReportClock(90_000)});
    made.target(1, 1);
    return made;
  }

  /** Makes the packets: a key frame and what follows. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    SrtpSender source = new SrtpSender(keys, 4);
    for (int i = 0; i < PACKETS; i++) {
      plain[i] = packet(i);
      System.arraycopy(plain[i], 0, sealed, i * SLOT, plain[i].length);
      sealedLengths[i] = source.protectRtp(sealed, i * SLOT, plain[i].length);
      taken[i] = new MediaPacket();
      take(taken[i], plain[i], 0, plain[i].length, i);
    }
    sink = new Sink(RECEIVERS);
    out = DatagramIo.choose(DatagramMode.AUTO).open();
    port = out.bind(InetAddress.getLoopbackAddress(), 0, false, 4 << 20);
    for (int i = 0; i < BURST; i++) {
      offsets[i] = i * SLOT;
      lengths[i] = bytes + SrtpProfile.AEAD_AES_128_GCM.tagBytes();
    }
  }

  private byte[] packet(int number) {
    int header = 12 + 8;
    byte[] payload = new byte[bytes - header];
    if (isVideo()) {
      byte[] start = Packets.vp8(number % BURST == 0, number / BURST, 0, 0, false, 720, number);
      System.arraycopy(start, 0, payload, 0, Math.min(start.length, payload.length));
    }
    int type = isVideo() ? Packets.VP8 : Packets.OPUS;
    byte[] bare =
        Packets.rtp(type, number % BURST == BURST - 1, number, number / BURST, 7, payload);
    return Packets.withExtensions(
        bare, Map.of(TRANSPORT_CC, new byte[] {(byte) (number >> 8), (byte) number}));
  }

  private boolean isVideo() {
    return bytes > 500;
  }

  private void take(MediaPacket into, byte[] from, int offset, int length, int number) {
    VideoCodec codec = isVideo() ? VideoCodec.VP8 : VideoCodec.OTHER;
    if (!into.take(from, offset, length, EXTENSIONS, number)
        || !into.describe(codec, state, true)) {
      throw new IllegalStateException("not taken");
    }
  }

  @TearDown(Level.Trial)
  public void close() throws InterruptedException {
    out.close();
    sink.close();
  }

  /** What comes in is new each time. */
  @Setup(Level.Invocation)
  public void renew() {
    System.arraycopy(sealed, 0, incoming, 0, sealed.length);
    receiver = new SrtpReceiver(keys, 4);
    projection = projection();
    other = projection();
    other.project(taken[0], 1, 0);
  }

  /** Authenticates and decrypts what came in. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void unprotect() {
    for (int i = 0; i < PACKETS; i++) {
      if (receiver.unprotectRtp(incoming, i * SLOT, sealedLengths[i]) != plain[i].length) {
        throw new IllegalStateException("not opened");
      }
    }
  }

  /** Reads header, extensions and payload descriptor, and takes the packet in. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void parse() {
    for (int i = 0; i < PACKETS; i++) {
      take(packet, plain[i], 0, plain[i].length, i);
    }
  }

  /** Finds that a receiver doesn't get a packet, because it gets another encoding. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void select() {
    for (int i = 0; i < PACKETS; i++) {
      if (other.project(taken[i], 0, i)) {
        throw new IllegalStateException("of another encoding");
      }
    }
  }

  /** Writes numbers and extensions as one receiver sees them. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void rewrite() {
    for (int i = 0; i < PACKETS; i++) {
      if (!projection.project(taken[i], 1, i)) {
        throw new IllegalStateException("left out");
      }
      taken[i].stamp(EXTENSIONS, i, i);
    }
  }

  /** Copies a packet to where it leaves from, and encrypts it there. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void protect() {
    for (int i = 0; i < PACKETS; i++) {
      int at = i % BURST * SLOT;
      System.arraycopy(plain[i], 0, arena, at, plain[i].length);
      int number = sequence++;
      arena[at + 2] = (byte) (number >> 8);
      arena[at + 3] = (byte) number;
      if (sender.protectRtp(arena, at, plain[i].length) < 0) {
        throw new IllegalStateException("not protected");
      }
    }
  }

  /** Sends bursts to nine receivers, whose sockets are emptied by another thread. */
  @Benchmark
  @OperationsPerInvocation(PACKETS * RECEIVERS)
  public void send() {
    for (int i = 0; i < PACKETS; i += BURST) {
      for (Destination to : sink.destinations()) {
        port.send(to, arena, offsets, lengths, 0, BURST);
      }
      out.flush();
    }
  }
}
