package org.meetjar.warmup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.rtp.ExtensionReader;
import org.meetjar.rtp.RtcpReader;
import org.meetjar.rtp.RtcpVisitor;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.rtp.TccFeedbackWriter;
import org.meetjar.transport.MediaLoop;
import org.meetjar.transport.Transport;
import org.meetjar.transport.TransportListener;

/**
 * Somebody in a made-up conference, who does what a browser does: checks, shakes hands, sends
 * simulcast and sound, repeats what is missed, tells what came. Belongs to its loop but for what
 * {@link WarmUp} calls while it joins.
 */
final class MadeUpPerson implements TransportListener, RtcpVisitor {
  /** Packets between one that is kept back so that it is missed, and the same for what comes. */
  private static final int LOST = 100;

  private static final Duration FEEDBACK = Duration.ofMillis(50);

  final String id;
  private final Transport.Factory port;
  private final MediaLoop loop;
  private final MadeUpMedia media;
  private final RtcpWriter rtcp = new RtcpWriter();
  private final TccFeedbackWriter feedback = new TccFeedbackWriter();
  private final ExtensionReader extensions = new ExtensionReader();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final int[] missed = new int[1];
  private Transport transport;
  private TextChannelListener channel;
  private long lastFeedback;
  private int received;
  private boolean left;

  MadeUpPerson(String id, int ssrc, Transport.Factory port) {
    this.id = id;
    this.port = port;
    loop = port.loops().get(0);
    media = new MadeUpMedia(id, ssrc);
  }

  MediaLoop loop() {
    return loop;
  }

  CompletableFuture<Void> whenConnected() {
    return connected;
  }

  /** Asks the bridge for a place. */
  EndpointModify joins() {
    return endpoint(true, Optional.empty());
  }

  private EndpointModify endpoint(boolean create, Optional<TransportDescription> own) {
    return new EndpointModify(
        id,
        create,
        false,
        Set.of("source-names"),
        create ? MadeUpMedia.DESCRIPTIONS : List.of(),
        own,
        create ? Optional.of(media.sources()) : Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  /** Goes to where the bridge said, as the side that begins the handshake. */
  void connect(ColibriReply reply) {
    TransportDescription there = ((ConferenceModified) reply).transports().get(id);
    transport =
        CompletableFuture.supplyAsync(() -> port.create(loop, id, false, this), loop).join();
    TransportDescription passive = withSetup(there, "passive", there.candidates());
    loop.execute(() -> transport.remote(passive));
  }

  /** Our own side, for the bridge. */
  EndpointModify answers() {
    return endpoint(false, Optional.of(withSetup(transport.local(), "active", List.of())));
  }

  private static TransportDescription withSetup(
      TransportDescription of, String setup, List<TransportDescription.Candidate> candidates) {
    List<Fingerprint> prints = new ArrayList<>();
    of.fingerprints()
        .forEach(each -> prints.add(new Fingerprint(each.hash(), each.value(), setup)));
    return new TransportDescription(of.ufrag(), of.password(), prints, candidates, "");
  }

  void opens(TextChannelAcceptor channels, String meeting) {
    channel = channels.open("bridge/" + meeting + "/" + id, new SilentChannel());
  }

  void wants(int height) {
    channel.onText(
        "{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":-1,"
            + "\"defaultConstraints\":{\"maxHeight\":"
            + height
            + "}}");
  }

  void sends(int step) {
    if (!left) {
      media.next(step, LOST, transport);
    }
  }

  void leave() {
    loop.execute(
        () -> {
          left = true;
          if (transport != null) {
            transport.close();
          }
        });
  }

  @Override
  public void connected() {
    connected.complete(null);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
    int sequence = extensions.value(buffer, offset, MadeUpMedia.TRANSPORT_CC, 2);
    if (sequence >= 0) {
      feedback.received(sequence, arrivalNanos);
    }
    if (++received % LOST == 0) {
      rtcp.clear();
      rtcp.receiverReport(media.audioSsrc);
      missed[0] = RtpHeader.sequence(buffer, offset);
      rtcp.nack(media.audioSsrc, RtpHeader.ssrc(buffer, offset), missed, 1);
      transport.sendRtcp(rtcp.bytes(), 0, rtcp.length());
    }
    if (arrivalNanos - lastFeedback > FEEDBACK.toNanos()) {
      lastFeedback = arrivalNanos;
      tellWhatCame(RtpHeader.ssrc(buffer, offset));
    }
  }

  private void tellWhatCame(int source) {
    boolean more = true;
    while (more) {
      rtcp.clear();
      rtcp.receiverReport(media.audioSsrc);
      more = rtcp.transportFeedback(feedback, media.audioSsrc, source);
      if (more) {
        transport.sendRtcp(rtcp.bytes(), 0, rtcp.length());
      }
    }
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
    RtcpReader.read(buffer, offset, length, this);
  }

  @Override
  public void nack(int source, int sequence) {
    media.repeat(source, sequence, transport);
  }

  @Override
  public void keyFrameRequest(int source) {
    media.wantKeyFrame();
  }

  @Override
  public void failed(String why) {
    connected.completeExceptionally(new IllegalStateException(why));
  }
}
