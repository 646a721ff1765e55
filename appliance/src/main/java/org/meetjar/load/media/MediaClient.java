package org.meetjar.load.media;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meetjar.load.check.Mark;
import org.meetjar.rtp.RtcpReader;
import org.meetjar.rtp.RtcpVisitor;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;
import org.meetjar.transport.DtlsDialer;

/**
 * One client's media, from its socket to its camera. Made by {@link MediaThread#open}; everything
 * here belongs to that thread.
 */
public final class MediaClient implements RtcpVisitor, ClientPorts.Client {
  private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(15);
  private static final long CONNECT_NANOS = Duration.ofSeconds(20).toNanos();
  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_EARLY = 1000;
  private static final int SENDING_SSRCS = 16;
  private static final int RECEIVING_SSRCS = 4096;
  private static final long NTP_1970 = 2_208_988_800L;

  private final MediaThread thread;
  private final Person person;
  private final Negotiation negotiation;
  private final Remote remote;
  private final Listener listener;
  private final RandomGenerator random;
  private final ClientPort port;
  private final IceClient ice;
  private final HandshakePipe handshake;
  private final long startNanos = System.nanoTime();

  /** What came before our side of the handshake was through; the bridge's was already. */
  private final List<byte[]> early = new ArrayList<>();

  private boolean handshaking;
  private boolean closed;
  private boolean told;
  private Optional<Connected> connected = Optional.empty();
  private long nowNanos;
  private long lastReportNanos;
  private int maxHeight = Integer.MAX_VALUE;
  private List<Integer> expectedVideo = List.of();
  private Map<Integer, Integer> expectedRepairs = Map.of();
  private final Map<Integer, Integer> announcedVideo = new HashMap<>();
  private final Map<Integer, Integer> announcedAudio = new HashMap<>();

  /** Hears how it goes, on the media thread. */
  public interface Listener {
    /** Media can flow. */
    void connected();

    /** Media cannot flow. */
    void failed(String why);
  }

  /** What there is once the keys are there. */
  private record Connected(
      SrtpReceiver srtp, Uplink uplink, Downlink downlink, Camera camera, Microphone microphone) {}

  MediaClient(
      MediaThread thread,
      Person person,
      Negotiation negotiation,
      Remote remote,
      Listener listener,
      RandomGenerator random)
      throws IOException {
    this.thread = thread;
    this.person = person;
    this.negotiation = negotiation;
    this.remote = remote;
    this.listener = listener;
    this.random = random;
    boolean six = remote.candidates().stream().allMatch(MediaClient::isSix);
    port = thread.ports().open(this, six, startNanos);
    ice =
        new IceClient(
            new IceClient.Credentials(
                person.ufrag(), person.password(), remote.ufrag(), remote.password()),
            remote.candidates().stream().filter(each -> isSix(each) == six).toList(),
            random,
            port::send);
    handshake = new HandshakePipe(packet -> thread.execute(() -> sendHandshake(packet)));
  }

  private void sendHandshake(byte[] packet) {
    if (!closed) {
      ice.selected().ifPresent(to -> port.send(packet, to));
    }
  }

  private static boolean isSix(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  @Override
  public void datagram(byte[] b, int offset, int length, InetSocketAddress from) {
    if (closed || length < 12) {
      return;
    }
    if (offset != 0) {
      System.arraycopy(b, offset, b, 0, length);
    }
    nowNanos = System.nanoTime();
    int first = b[0] & 0xff;
    if (first <= 3) {
      ice.receive(b, length, from, nowNanos);
      if (ice.selected().isPresent() && !handshaking) {
        shakeHands();
      }
    } else if (first >= 20 && first <= 63) {
      handshake.receive(b, length);
    } else if (first >= 128 && first <= 191) {
      if (connected.isPresent()) {
        media(connected.get(), b, length);
      } else if (early.size() < MAX_EARLY) {
        early.add(Arrays.copyOf(b, length));
      }
    }
  }

  private void media(Connected to, byte[] b, int length) {
    int second = b[1] & 0xff;
    if (second < 192 || second > 223) {
      to.downlink.rtp(b, length, nowNanos);
      return;
    }
    int opened = to.srtp.unprotectRtcp(b, 0, length);
    if (opened > 0) {
      RtcpReader.read(b, 0, opened, this);
      // What was asked for leaves now: the next to send is another client, on a socket of its own.
      to.uplink.flush();
    } else {
      thread.tally().undecryptable++;
    }
  }

  private void shakeHands() {
    handshaking = true;
    port.connect(ice.selected().orElseThrow());
    thread
        .handshakes()
        .execute(
            () -> {
              try {
                DtlsDialer.Keys keys =
                    thread.dialer().connect(remote.fingerprints(), handshake, HANDSHAKE_PATIENCE);
                thread.execute(() -> begin(keys));
              } catch (IOException | RuntimeException e) {
                thread.execute(() -> fail("DTLS: " + e.getMessage()));
              }
            });
  }

  private void begin(DtlsDialer.Keys keys) {
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    SrtpReceiver srtp = new SrtpReceiver(keys.receiving(), RECEIVING_SSRCS);
    Uplink uplink =
        new Uplink(
            negotiation,
            new SrtpSender(keys.sending(), SENDING_SSRCS),
            port,
            thread.outgoing(),
            thread.tally(),
            Mark.sender(person.nick()));
    Downlink downlink =
        new Downlink(
            negotiation,
            srtp,
            thread.tally(),
            person.sources().microphone(),
            person.checked(),
            now);
    VideoShape shape = negotiation.vp8() < 0 ? VideoShape.NONE : person.shape();
    Camera camera = new Camera(shape, person.sources(), random, thread.tally(), now);
    camera.maxHeight(maxHeight);
    Microphone microphone =
        new Microphone(person.sources().microphone(), person.talk(), person.number(), random, now);
    downlink.expect(expectedRepairs, expectedVideo, now);
    if (!announcedVideo.isEmpty() || !announcedAudio.isEmpty()) {
      downlink.announced(announcedVideo, true, now);
      downlink.announced(announcedAudio, false, now);
    }
    connected = Optional.of(new Connected(srtp, uplink, downlink, camera, microphone));
    lastReportNanos = now;
    for (byte[] packet : early) {
      media(connected.get(), packet, packet.length);
    }
    early.clear();
    told = true;
    listener.connected();
  }

  private void fail(String why) {
    if (!told) {
      told = true;
      listener.failed(why);
    }
  }

  /** Every five milliseconds. */
  void tick(long nanos) {
    if (closed) {
      return;
    }
    ice.tick(nanos);
    if (connected.isEmpty()) {
      if (nanos - startNanos > CONNECT_NANOS) {
        fail(
            ice.selected().isEmpty()
                ? "the bridge does not answer at " + remote.candidates()
                : "the DTLS handshake does not come to an end");
      }
      return;
    }
    Connected to = connected.get();
    if (!person.silent()) {
      send(to, nanos);
    }
    to.downlink.tick(to.uplink, thread.rtcp(), ice.roundTripNanos(), nanos);
    if (nanos - lastReportNanos >= REPORT_NANOS) {
      lastReportNanos = nanos;
      report(to, nanos);
    }
    to.uplink.flush();
  }

  private void send(Connected to, long nanos) {
    if (negotiation.opus() >= 0) {
      to.microphone.tick(to.uplink, nanos);
    }
    to.camera.tick(to.uplink, nanos);
  }

  private void report(Connected to, long nanos) {
    RtcpWriter rtcp = thread.rtcp();
    rtcp.clear();
    long millis = System.currentTimeMillis();
    long ntp = (millis / 1000 + NTP_1970) << 32 | (millis % 1000 << 32) / 1000;
    to.microphone.report(rtcp, ntp, nanos);
    to.camera.report(rtcp, ntp, nanos);
    rtcp.description(person.sources().microphone(), person.nick());
    to.uplink.rtcp(rtcp);
    to.downlink.report(to.uplink, rtcp, person.nick(), nanos);
  }

  /**
   * Sources of others.
   *
   * @param repairs from a retransmission SSRC to the video's
   * @param video the SSRCs of videos
   */
  public void expect(Map<Integer, Integer> repairs, List<Integer> video) {
    expectedRepairs = Map.copyOf(repairs);
    expectedVideo = List.copyOf(video);
    connected.ifPresent(to -> to.downlink.expect(repairs, video, System.nanoTime()));
  }

  /**
   * The server says who comes on some streams from now on.
   *
   * @param senders nicks by SSRC
   */
  public void announced(Map<Integer, String> senders, boolean video) {
    Map<Integer, Integer> known = video ? announcedVideo : announcedAudio;
    senders.forEach((ssrc, nick) -> known.put(ssrc, Mark.sender(nick)));
    connected.ifPresent(to -> to.downlink.announced(known, video, System.nanoTime()));
  }

  public void forget(List<Integer> ssrcs) {
    connected.ifPresent(to -> to.downlink.forget(ssrcs));
  }

  /** Another layer of a video was asked for just now. */
  public void await(int videoSsrc, int layer) {
    connected.ifPresent(to -> to.downlink.await(videoSsrc, layer, System.nanoTime()));
  }

  /** What the server wants of the camera, in pixels of height. */
  public void maxHeight(int height) {
    maxHeight = height;
    connected.ifPresent(to -> to.camera.maxHeight(height));
  }

  @Override
  public void senderReport(int ssrc, long ntp, int rtp) {
    connected.ifPresent(to -> to.downlink.senderReport(ssrc, ntp, rtp, nowNanos));
  }

  @Override
  public void nack(int source, int sequence) {
    thread.tally().nacksReceived++;
    connected.ifPresent(to -> to.camera.nacked(to.uplink, source, sequence, nowNanos));
  }

  @Override
  public void keyFrameRequest(int source) {
    thread.tally().keyFrameRequestsReceived++;
    connected.ifPresent(to -> to.camera.keyFrameRequested(source));
  }

  @Override
  public void transportFeedback(byte[] b, int offset, int length) {
    connected.ifPresent(to -> thread.feedback().read(b, offset, length, to.uplink.fate));
  }

  public void close() {
    closed = true;
    connected = Optional.empty();
    handshake.close();
    thread.ports().release(port, System.nanoTime());
    thread.remove(this);
  }
}
