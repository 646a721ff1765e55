package org.meetjar.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;
import org.slf4j.Logger;

/** A {@link Transport} on a {@link UdpMediaLoop}. */
final class UdpTransport implements Transport, IceListener, DtlsSession.Listener {
  private final UdpMediaLoop loop;
  private final String name;
  private final TransportListener listener;
  private final UdpTransports owner;
  private final Logger log;
  private final TransportDescription local;
  private final IceAgent agent;
  private final LoopCounters counters;
  private final DtlsSession dtls;
  private SrtpSender sender;
  private SrtpReceiver receiver;
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
    dtls = new DtlsSession(loop, owner.handshakes(), agent::selected, this);
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
      dtls.remote(remote.fingerprints());
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
    dtls.selected(pair);
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
    if (failed || closed || !dtls.receive(pair, buffer, offset, length)) {
      counters.drop(Drop.DTLS);
    }
  }

  @Override
  public void secured(SrtpSender made, SrtpReceiver opener, SrtpProfile profile) {
    if (closed || failed) {
      return;
    }
    sender = made;
    receiver = opener;
    connectedMs = sinceCreated();
    log.debug(
        "{}: connected with {}, ICE after {} ms, DTLS after {} ms",
        name,
        profile,
        Math.round(iceMs),
        Math.round(connectedMs));
    listener.connected();
  }

  @Override
  public void dtlsFailed(String why) {
    fail(why);
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
    if (length > DatagramPort.MAX_DATAGRAM_BYTES - SrtpProfile.MAX_OVERHEAD_BYTES) {
      counters.drop(Drop.REFUSED);
      return;
    }
    SendBatch batch = loop.batch();
    int at = batch.reserve(length + SrtpProfile.MAX_OVERHEAD_BYTES);
    byte[] arena = batch.arena();
    System.arraycopy(buffer, offset, arena, at, length);
    batch.commit(pair.flow, length, sender, !rtp);
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
