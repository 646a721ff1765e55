package org.meetjar.load.media;

import java.time.Duration;
import java.util.Optional;
import org.meetjar.load.check.AudioChecker;
import org.meetjar.load.check.Fault;
import org.meetjar.load.check.Mark;
import org.meetjar.load.check.SourceChecker;
import org.meetjar.load.check.StreamListener;
import org.meetjar.load.check.VideoChecker;
import org.meetjar.rtp.NackGenerator;
import org.meetjar.rtp.ReceptionStatistics;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.rtp.SenderReportClock;
import org.meetjar.rtp.SequenceNumbers;

/** One stream that a client is sent. Belongs to the media thread. */
final class Incoming implements StreamListener {
  private static final int VIDEO_CLOCK = 90_000;
  private static final int AUDIO_CLOCK = 48_000;
  private static final long REQUEST_GAP_NANOS = Duration.ofMillis(500).toNanos();

  final int ssrc;
  final boolean video;
  final NackGenerator nacks = new NackGenerator();
  final ReceptionStatistics statistics;
  final SenderReportClock clock;
  private final Tally tally;
  private final Optional<VideoChecker> videoChecker;
  private final AudioChecker audioChecker;
  private final SourceChecker sourceChecker = new SourceChecker(this);
  private boolean rewritten;
  private boolean started;
  private long highest;
  private boolean broken;
  private boolean wantsKeyFrame;
  private long lastRequestNanos;
  private long expectedNanos;
  private boolean seen;
  private int awaitedLayer = -1;
  private long awaitedNanos;

  /**
   * @param expectedNanos since when the stream could have come
   */
  Incoming(int ssrc, boolean video, Tally tally, long expectedNanos) {
    this.ssrc = ssrc;
    this.video = video;
    this.tally = tally;
    this.expectedNanos = expectedNanos;
    statistics = new ReceptionStatistics(video ? VIDEO_CLOCK : AUDIO_CLOCK);
    clock = new SenderReportClock(video ? VIDEO_CLOCK : AUDIO_CLOCK);
    videoChecker = video ? Optional.of(new VideoChecker(this)) : Optional.empty();
    audioChecker = new AudioChecker(this);
  }

  /** The server says who comes on the stream from now on. */
  void announced(int sender) {
    rewritten = true;
    if (sourceChecker.announced(sender)) {
      tally.remapped++;
    }
  }

  /** The server is to say who comes on the stream. */
  void expectAnnouncement() {
    rewritten = true;
  }

  /** Only from now on the client could have got it. */
  void expectedSince(long nanos) {
    if (!seen) {
      expectedNanos = nanos;
    }
  }

  /** The client has asked for another size; what it has already is not waited for. */
  void await(int layer, long nanos) {
    int now = videoChecker.map(VideoChecker::layer).orElse(-1);
    awaitedLayer = now >= 0 && now != layer ? layer : -1;
    awaitedNanos = nanos;
  }

  /**
   * Takes a packet.
   *
   * @param repaired whether it came as a retransmission
   * @param opened whether its payload can be read
   */
  void packet(
      byte[] b, int offset, int length, boolean repaired, boolean opened, Mark mark, long nanos) {
    long sequence = extend(RtpHeader.sequence(b, offset));
    if (!started) {
      started = true;
      tally.streams++;
    }
    highest = Math.max(highest, sequence);
    nacks.received(sequence, nanos);
    int timestamp = RtpHeader.timestamp(b, offset);
    if (!repaired) {
      statistics.received(sequence, timestamp, nanos);
    }
    if (!opened) {
      return;
    }
    int header = RtpHeader.length(b, offset);
    int payload = length - header - RtpHeader.padding(b, offset, length);
    if (payload == 0) {
      tally.paddingReceived.add(length);
    }
    boolean marked = mark.read(b, offset + header, payload);
    if (rewritten && marked) {
      sourceChecker.packet(mark.sender, nanos);
    }
    if (!repaired && marked && !mark.repeated) {
      long delay = nanos - mark.sentNanos;
      tally.delay.add(delay);
      (video ? tally.videoDelay : tally.audioDelay).add(delay);
    }
    if (videoChecker.isPresent()) {
      boolean marker = RtpHeader.marker(b, offset);
      videoChecker.get().packet(sequence, timestamp, marker, b, offset + header, payload, nanos);
    } else {
      audioChecker.packet(sequence, timestamp, nanos);
    }
  }

  private long extend(int sequence) {
    return started ? SequenceNumbers.extend(highest, sequence) : sequence + 0x10000L;
  }

  void expire(long nanos) {
    videoChecker.ifPresent(checker -> checker.expire(nanos));
    audioChecker.expire(nanos);
    sourceChecker.expire(nanos);
  }

  /** Whether to ask for a key frame now. */
  boolean takeKeyFrameRequest(long nanos) {
    if (!wantsKeyFrame || nanos - lastRequestNanos < REQUEST_GAP_NANOS) {
      return false;
    }
    lastRequestNanos = nanos;
    return true;
  }

  @Override
  public void fault(Fault fault) {
    tally.fault(fault);
    wantsKeyFrame = video;
    if (!broken) {
      broken = true;
      tally.brokenStreams++;
    }
  }

  @Override
  public void lost(int packets) {
    if (video) {
      tally.lostVideoDownlink += packets;
    } else {
      tally.lostAudioDownlink += packets;
    }
  }

  @Override
  public void keyFrame(long nanos) {
    wantsKeyFrame = false;
    if (!seen) {
      seen = true;
      tally.firstKeyFrame.add(nanos - expectedNanos);
    }
  }

  @Override
  public void switched(int fromLayer, int toLayer, long nanos) {
    tally.layerSwitches++;
    if (toLayer == awaitedLayer) {
      tally.switching.add(nanos - awaitedNanos);
      awaitedLayer = -1;
    }
  }
}
