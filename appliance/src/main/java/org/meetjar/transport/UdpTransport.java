package org.meetjar.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;
import org.slf4j.Logger;

/** A {@link Transport} on a {@link UdpMediaLoop}. */
final class UdpTransport implements Transport, IceListener {
  /** How long a client that missed the end of our handshake is still answered. */
  private static final Duration DTLS_LINGER = Duration.ofSeconds(30);

  /** A sender has about ten; one that makes new ones all day finds an end. */
  private static final int MAX_SSRCS_IN = 1_024;

  /** What is forwarded to one receiver: three for each participant that ever came. */
  private static final int MAX_SSRCS_OUT = 8_192;

  private static final int MAX_HANDSHAKES = 5;

  private final UdpMediaLoop loop;
  private final String name;
  private final TransportListener listener;
  private final UdpTransports owner;
  private final Logger log;
  private final TransportDescription local;
  private final IceAgent agent;
  private final LoopCounters counters;
  private DtlsAssociation dtls;
  private int handshakesFailed;
  private List<Fingerprint> remoteFingerprints = List.of();
  private boolean dtlsServer = true;
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private CandidatePair dtlsPair;
  private boolean failed;
  private boolean closed;
  private long createdNanos;
  private double iceMs = -1;
  private double connectedMs = -1;

  UdpTransport(
      UdpTransports owner,
      UdpMediaLoop loop,
      String name,
      IceParties.Credentials credentials,
      boolean controlling,
      TransportListener listener) {
    this.owner = owner;
    log = owner.log();
    this.loop = loop;
    this.name = name;
    this.listener = listener;
    counters = loop.counters();
    createdNanos = loop.nanoTime();
    agent = new IceAgent(loop, new IceParties(credentials, controlling), owner.timing(), this);
    dtls = new DtlsAssociation(owner.handshakes(), new HandshakeListener());
    local =
        new TransportDescription(
            credentials.ufrag(),
            credentials.password(),
            List.of(owner.handshakes().identity().fingerprint),
            owner.candidates(),
            "");
  }

  IceAgent agent() {
    return agent;
  }

  @Override
  public UdpMediaLoop loop() {
    return loop;
  }

  @Override
  public TransportDescription local() {
    return local;
  }

  @Override
  public void remote(TransportDescription remote) {
    if (closed || failed) {
      return;
    }
    if (!remote.fingerprints().isEmpty()) {
      remoteFingerprints = remote.fingerprints();
      // RFC 8842 section 5.3: we offer actpass, and passive there means that we begin.
      dtlsServer = !remote.fingerprints().get(0).setup().equals("passive");
    }
    agent.remote(remote.ufrag(), remote.password());
    remote.candidates().forEach(this::remoteCandidate);
  }

  private void remoteCandidate(Candidate candidate) {
    // A host name would have to be looked up: what mDNS hides is learnt from its checks.
    if (candidate.component() != 1
        || !candidate.protocol().equalsIgnoreCase("udp")
        || !candidate.address().matches("[0-9a-fA-F:.]+")
        || candidate.port() < 1
        || candidate.port() > 65_535) {
      return;
    }
    try {
      InetAddress address = InetAddress.getByName(candidate.address());
      if (!owner.mayCheck(address)) {
        return;
      }
      for (DatagramPort port : loop.ports()) {
        InetAddress base = port.local().getAddress();
        if (base.getClass() == address.getClass()
            && base.isLoopbackAddress() == address.isLoopbackAddress()) {
          agent.remoteCandidate(port, new InetSocketAddress(address, candidate.port()));
        }
      }
    } catch (UnknownHostException e) {
      log.debug("{}: a candidate is no address", name);
    }
  }

  // What the agent says.

  @Override
  public void validated(CandidatePair pair) {
    for (byte[] held = pair.pollHeld(); held != null; held = pair.pollHeld()) {
      dtls(pair, held, 0, held.length);
    }
  }

  @Override
  public void selected(CandidatePair pair) {
    if (iceMs < 0) {
      iceMs = sinceCreated();
      log.debug("{}: ICE is done after {} ms", name, Math.round(iceMs));
    }
    if (!dtlsServer && !dtls.isStarted()) {
      dtlsPair = pair;
      dtls.start(false, remoteFingerprints);
    }
  }

  @Override
  public void iceFailed(String why) {
    fail("ICE: " + why);
  }

  @Override
  public void packet(
      CandidatePair pair,
      FirstLook kind,
      byte[] buffer,
      int offset,
      int length,
      long arrivalNanos) {
    if (kind == FirstLook.DTLS) {
      if (pair.isValid()) {
        dtls(pair, buffer, offset, length);
      } else if (!pair.hold(buffer, offset, length)) {
        counters.drop(Drop.NOT_VALIDATED);
      }
      return;
    }
    if (!pair.isValid()) {
      counters.drop(Drop.NOT_VALIDATED);
      return;
    }
    if (receiver == null) {
      counters.drop(Drop.NO_KEYS);
      return;
    }
    boolean rtp = kind == FirstLook.RTP;
    int plain =
        rtp
            ? receiver.unprotectRtp(buffer, offset, length)
            : receiver.unprotectRtcp(buffer, offset, length);
    if (plain < 0) {
      counters.drop(
          switch (plain) {
            case SrtpReceiver.REPLAYED -> Drop.REPLAYED;
            case SrtpReceiver.TOO_MANY_SSRCS -> Drop.TOO_MANY_SSRCS;
            default -> Drop.NOT_AUTHENTIC;
          });
      return;
    }
    agent.mediaReceived(pair, arrivalNanos);
    if (rtp) {
      listener.rtp(buffer, offset, plain, arrivalNanos);
    } else {
      listener.rtcp(buffer, offset, plain, arrivalNanos);
    }
  }

  private void dtls(CandidatePair pair, byte[] buffer, int offset, int length) {
    if (failed || closed || remoteFingerprints.isEmpty()) {
      counters.drop(Drop.DTLS);
      return;
    }
    dtlsPair = pair;
    if (!dtls.isStarted()
        && !(dtlsServer
            && isClientHello(buffer, offset, length)
            && dtls.start(true, remoteFingerprints))) {
      counters.drop(Drop.DTLS);
      return;
    }
    if (!dtls.receive(buffer, offset, length)) {
      counters.drop(Drop.DTLS);
    }
  }

  /** RFC 6347 section 4.1 and 4.2.2: a handshake record in the clear whose message is type 1. */
  private static boolean isClientHello(byte[] buffer, int offset, int length) {
    return length > 25
        && buffer[offset] == 22
        && buffer[offset + 3] == 0
        && buffer[offset + 4] == 0
        && buffer[offset + 13] == 1;
  }

  /** Brings what the handshake's thread says to the loop. */
  private final class HandshakeListener implements DtlsAssociation.Listener {
    @Override
    public void send(byte[] packet) {
      loop.executeQuietly(() -> sendDtls(packet));
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
      loop.executeQuietly(() -> fail("DTLS: closed by the client"));
    }
  }

  /** A first flight that leads nowhere may have been somebody else's. */
  private void handshakeFailed(String why, boolean forGood) {
    if (forGood || ++handshakesFailed >= MAX_HANDSHAKES) {
      fail(why);
    } else if (!closed && !failed) {
      counters.drop(Drop.DTLS);
      dtls.close();
      dtls = new DtlsAssociation(owner.handshakes(), new HandshakeListener());
    }
  }

  private void sendDtls(byte[] packet) {
    CandidatePair pair = agent.selected() != null ? agent.selected() : dtlsPair;
    if (pair != null && !closed) {
      loop.batch().add(pair.flow, packet, 0, packet.length);
    }
  }

  private void secured(SrtpSender made, SrtpReceiver opener, SrtpProfile profile) {
    if (closed || failed) {
      return;
    }
    sender = made;
    receiver = opener;
    connectedMs = sinceCreated();
    loop.schedule(DTLS_LINGER, dtls::release);
    log.debug(
        "{}: connected with {}, ICE after {} ms, DTLS after {} ms",
        name,
        profile,
        Math.round(iceMs),
        Math.round(connectedMs));
    listener.connected();
  }

  private void fail(String why) {
    if (closed || failed) {
      return;
    }
    failed = true;
    dtls.close();
    log.debug("{}: failed, {}", name, why);
    listener.failed(why);
  }

  // What the bridge sends.

  @Override
  public void sendRtp(byte[] buffer, int offset, int length) {
    send(true, buffer, offset, length);
  }

  @Override
  public void sendRtcp(byte[] buffer, int offset, int length) {
    send(false, buffer, offset, length);
  }

  private void send(boolean rtp, byte[] buffer, int offset, int length) {
    CandidatePair pair = agent.selected();
    if (sender == null || pair == null || failed || closed) {
      counters.drop(Drop.NOT_CONNECTED);
      return;
    }
    if (length > NioDatagramPort.MAX_DATAGRAM_BYTES - SrtpProfile.MAX_OVERHEAD_BYTES) {
      counters.drop(Drop.REFUSED);
      return;
    }
    SendBatch batch = loop.batch();
    int at = batch.reserve(length + SrtpProfile.MAX_OVERHEAD_BYTES);
    byte[] arena = batch.arena();
    System.arraycopy(buffer, offset, arena, at, length);
    int sealed = rtp ? sender.protectRtp(arena, at, length) : sender.protectRtcp(arena, at, length);
    if (sealed > 0) {
      batch.commit(pair.flow, sealed);
    } else {
      counters.drop(Drop.REFUSED);
    }
  }

  @Override
  public long lastActivityNanos() {
    return agent.lastReceivedNanos();
  }

  @Override
  public double roundTripMs() {
    return agent.roundTripMs();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    owner.forget(this);
    agent.close();
    dtls.close();
    sender = null;
    receiver = null;
  }

  @Override
  public Map<String, Object> debugState() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("name", name);
    state.put("ice-controlling", agent.isControlling());
    state.put("pairs", agent.pairs().stream().map(pair -> pair.state.name()).toList());
    state.put("selected", agent.selected() != null);
    state.put("ice-ms", iceMs);
    state.put("connected-ms", connectedMs);
    state.put("round-trip-ms", agent.roundTripMs());
    state.put("failed", failed);
    state.put("ssrcs-in", receiver == null ? 0 : receiver.ssrcCount());
    state.put("ssrcs-out", sender == null ? 0 : sender.ssrcCount());
    return state;
  }

  private double sinceCreated() {
    return (loop.nanoTime() - createdNanos) / 1e6;
  }
}
