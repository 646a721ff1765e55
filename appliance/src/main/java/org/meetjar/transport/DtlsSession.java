package org.meetjar.transport;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;

/**
 * The DTLS side of one transport (RFC 5764): begins the handshake, on the first flight of the
 * client's or by itself, and begins again after a first flight that led nowhere. Belongs to the
 * transport's loop; the handshake waits on a thread of its own.
 */
final class DtlsSession {
  /** Hears, on the loop, what became of it. */
  interface Listener {
    /** There are keys. */
    void secured(SrtpSender sender, SrtpReceiver receiver, SrtpProfile profile);

    /** It is over. */
    void dtlsFailed(String why);
  }

  /** How long a client that missed the end of our handshake is still answered. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  /** A sender has about ten; one that makes new ones all day finds an end. */
  private static final int MAX_SSRCS_IN = 1_024;

  /** What is forwarded to one receiver: three for each participant that ever came. */
  private static final int MAX_SSRCS_OUT = 8_192;

  private static final int MAX_HANDSHAKES = 5;

  private final UdpMediaLoop loop;
  private final DtlsHandshakes handshakes;
  private final Supplier<CandidatePair> selected;
  private final Listener listener;
  private DtlsAssociation association;
  private List<Fingerprint> remoteFingerprints = List.of();
  private boolean weBegin;
  private CandidatePair lastPair;
  private int failures;
  private boolean closed;

  /**
   * @param selected the pair that is used, or null
   */
  DtlsSession(
      UdpMediaLoop loop,
      DtlsHandshakes handshakes,
      Supplier<CandidatePair> selected,
      Listener listener) {
    this.loop = loop;
    this.handshakes = handshakes;
    this.selected = selected;
    this.listener = listener;
    association = new DtlsAssociation(handshakes, new HandshakeListener());
  }

  /** Whose certificate is expected. */
  void remote(List<Fingerprint> fingerprints) {
    remoteFingerprints = fingerprints;
    // RFC 8842 section 5.3: we offer actpass, and passive there means that we begin.
    weBegin = fingerprints.get(0).setup().equals("passive");
  }

  /** There is a pair to send on: begins, if it is ours to. */
  void selected(CandidatePair pair) {
    if (weBegin && !association.isStarted()) {
      lastPair = pair;
      association.start(false, remoteFingerprints);
    }
  }

  /** A packet of the client's on a valid pair; false when it was of no use. */
  boolean receive(CandidatePair pair, byte[] buffer, int offset, int length) {
    if (closed || remoteFingerprints.isEmpty()) {
      return false;
    }
    lastPair = pair;
    boolean started =
        association.isStarted()
            || (!weBegin
                && isClientHello(buffer, offset, length)
                && association.start(true, remoteFingerprints));
    return started && association.receive(buffer, offset, length);
  }

  /** RFC 6347 section 4.1 and 4.2.2: a handshake record in the clear whose message is type 1. */
  private static boolean isClientHello(byte[] buffer, int offset, int length) {
    return length > 25
        && buffer[offset] == 22
        && buffer[offset + 3] == 0
        && buffer[offset + 4] == 0
        && buffer[offset + 13] == 1;
  }

  void close() {
    closed = true;
    association.close();
  }

  /** Brings what the handshake's thread says to the loop. */
  private final class HandshakeListener implements DtlsAssociation.Listener {
    @Override
    public void send(byte[] packet) {
      loop.executeQuietly(() -> sendNow(packet));
    }

    @Override
    public void established(DtlsKeys keys, boolean asServer) {
      // The key schedules are made here, on the handshake's thread.
      SrtpSender made = new SrtpSender(asServer ? keys.ofServer() : keys.ofClient(), MAX_SSRCS_OUT);
      SrtpReceiver opener =
          new SrtpReceiver(asServer ? keys.ofClient() : keys.ofServer(), MAX_SSRCS_IN);
      SrtpProfile profile = keys.profile();
      loop.executeQuietly(() -> secured(made, opener, profile));
    }

    @Override
    public void failed(String why, boolean forGood) {
      loop.executeQuietly(() -> handshakeFailed(why, forGood));
    }

    @Override
    public void closedByPeer() {
      loop.executeQuietly(() -> over("DTLS: closed by the client"));
    }
  }

  private void sendNow(byte[] packet) {
    CandidatePair pair = selected.get() != null ? selected.get() : lastPair;
    if (pair != null && !closed) {
      loop.batch().add(pair.flow, packet, 0, packet.length);
    }
  }

  private void secured(SrtpSender sender, SrtpReceiver receiver, SrtpProfile profile) {
    if (!closed) {
      loop.schedule(LINGER, association::release);
      listener.secured(sender, receiver, profile);
    }
  }

  /** A first flight that leads nowhere may have been somebody else's. */
  private void handshakeFailed(String why, boolean forGood) {
    if (forGood || ++failures >= MAX_HANDSHAKES) {
      over(why);
    } else if (!closed) {
      loop.counters().drop(Drop.DTLS);
      association.close();
      association = new DtlsAssociation(handshakes, new HandshakeListener());
    }
  }

  private void over(String why) {
    if (!closed) {
      listener.dtlsFailed(why);
    }
  }
}
