package org.meetjar.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.address.LocalAddresses;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.config.TransportSettings;
import org.meetjar.datagram.DatagramIo;
import org.meetjar.datagram.PortGroup;
import org.meetjar.srtp.SrtpCrypto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * The media port with its loops: binds the sockets, makes {@link Transport}s. Open it, {@link
 * #start} it, {@link #close} it; everything else may be called from any thread.
 */
public final class UdpTransports implements Transport.Factory, AutoCloseable {
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** 6 characters carry 35 bits; who guesses one still lacks the password. */
  private static final int UFRAG_CHARS = 8;

  private static final int PASSWORD_CHARS = 24;

  /** Packets do not wait for anything else; where that is not allowed, as long as the others. */
  private static final int MEDIA_NICE = -5;

  /** Who joins yields a little to who is there. */
  private static final int HANDSHAKE_NICE = 2;

  /** While it compiles, the compiler would take half of a core that packets need. */
  private static final int COMPILER_NICE = 5;

  /** Calls that nobody makes yield to all that somebody waits for. */
  private static final int WARMING_NICE = 8;

  private final Logger log;
  private final TransportSettings settings;
  private final IceTiming timing;
  private final SecureRandom random = new SecureRandom();
  private final DatagramIo io;
  private final Registry registry;
  private final List<UdpMediaLoop> loops;
  private final List<InetAddress> bound;
  private volatile Offered offered;
  private final DtlsHandshakes handshakes;
  private final boolean ownsHandshakes;
  private final int port;

  /** What clients are told, as addresses and as candidates. */
  private record Offered(List<InetAddress> addresses, List<Candidate> candidates) {}

  private UdpTransports(
      TransportSettings settings,
      IceTiming timing,
      List<InetAddress> bound,
      DatagramIo io,
      DtlsHandshakes handshakes,
      boolean ownsHandshakes,
      Logger log)
      throws IOException {
    this.log = log;
    this.handshakes = handshakes;
    this.ownsHandshakes = ownsHandshakes;
    this.settings = settings;
    this.timing = timing;
    this.bound = List.copyOf(bound);
    int count =
        settings.loops() > 0 ? settings.loops() : Runtime.getRuntime().availableProcessors();
    registry = new Registry(count > 1);
    this.io = io;
    Sockets sockets = new Sockets(io, settings, bound, count > 1);
    PortGroup first = sockets.first();
    port = first.ports().get(0).local().getPort();
    List<UdpMediaLoop> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(
          new UdpMediaLoop(
              i,
              new LoopPeers(registry, i, bound.size()),
              settings.gather(),
              () -> io.threadWeight().own(ownsHandshakes ? MEDIA_NICE : WARMING_NICE),
              i == 0 ? () -> first : () -> sockets.more(port)));
    }
    loops = List.copyOf(made);
    registry.loops(loops);
    loops.get(0).open();
    offer(bound);
  }

  /**
   * Binds the media port on all addresses of the machine.
   *
   * @throws BindException with a sentence for the operator when the port is taken
   * @throws IOException when there is nothing to bind
   */
  public static UdpTransports open(TransportSettings settings) throws IOException {
    return open(settings, IceTiming.standard(settings.iceTimeout()));
  }

  static UdpTransports open(TransportSettings settings, IceTiming timing) throws IOException {
    List<InetAddress> bound = LocalAddresses.find(settings.offerLoopback());
    if (bound.isEmpty()) {
      bound = List.of(InetAddress.getLoopbackAddress());
    }
    DatagramIo io = DatagramIo.choose(settings.io());
    Crypto.choose(settings.crypto()).use();
    return new UdpTransports(
        settings,
        timing,
        bound,
        io,
        new DtlsHandshakes(
            settings.handshakes(),
            settings.handshakeTimeout(),
            () -> io.threadWeight().own(HANDSHAKE_NICE)),
        true,
        LoggerFactory.getLogger(UdpTransports.class));
  }

  /**
   * Says under which addresses clients reach the media port, the best first; until then it is those
   * that it is bound on. Holds for transports that are made from now on. May be called from any
   * thread.
   */
  public void offer(List<InetAddress> addresses) {
    offered = new Offered(List.copyOf(addresses), LocalCandidates.of(addresses, port));
  }

  /** Starts the first loop's thread; the others begin when they are needed. */
  public void start() {
    loops.get(0).begin();
    if (ownsHandshakes) {
      int compilers = io.threadWeight().ofCompilers(COMPILER_NICE);
      log.debug("{} compiler threads yield to packets", compilers);
    }
    log.info(
        "media on UDP port {}, up to {} loops, {} candidates, {}, AES of {}",
        port,
        loops.size(),
        candidates().size(),
        io,
        SrtpCrypto.chosen());
  }

  /** The machine's addresses that the media port is bound on. */
  public List<InetAddress> boundAddresses() {
    return bound;
  }

  /** The addresses under which clients reach it: other ones behind NAT. */
  public List<InetAddress> offeredAddresses() {
    return offered.addresses();
  }

  /** The UDP port of all media. */
  public int port() {
    return port;
  }

  /** Those of the loops that have been needed so far. From any thread. */
  public List<MediaLoop> runningLoops() {
    return loops.stream().filter(UdpMediaLoop::hasBegun).map(loop -> (MediaLoop) loop).toList();
  }

  @Override
  public List<UdpMediaLoop> loops() {
    return loops;
  }

  @Override
  public Transport create(
      MediaLoop loop, String name, boolean controlling, TransportListener listener) {
    UdpMediaLoop owner = loops.get(((UdpMediaLoop) loop).index());
    while (true) {
      IceParties.Credentials credentials =
          new IceParties.Credentials(text(UFRAG_CHARS), text(PASSWORD_CHARS));
      UdpTransport transport =
          new UdpTransport(this, owner, name, credentials, controlling, listener);
      if (registry.add(transport, credentials.ufrag())) {
        return transport;
      }
    }
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }

  /** Makes our certificate, for which the first call would wait. May take a second. */
  public void prepare() {
    handshakes.identity();
  }

  /** Makes the calling thread yield to calls, where the system knows how. */
  public void yieldToCalls() {
    io.threadWeight().own(WARMING_NICE);
  }

  /** Gives back what the start needed of memory and calls do not; stops everything for a moment. */
  public void trimMemory() {
    System.gc();
    io.trimMemory();
  }

  /**
   * Transports like these, of one loop on 127.0.0.1 and a port that the system chooses, with the
   * same certificate; they log nothing. To be closed before these are.
   */
  public UdpTransports onLoopbackAlone() throws IOException {
    List<InetAddress> loopback = List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    return new UdpTransports(
        settings.onLoopbackAlone(), timing, loopback, io, handshakes, false, NOPLogger.NOP_LOGGER);
  }

  /** What each loop has done, by its index. */
  public List<LoopCounters> counters() {
    return loops.stream().map(UdpMediaLoop::counters).toList();
  }

  /** Packets that wait for each loop, having come to another's socket. */
  public List<Integer> handedOffWaiting() {
    return loops.stream().map(UdpMediaLoop::handedOffWaiting).toList();
  }

  /** How many transports there are. */
  public int size() {
    return registry.size();
  }

  public Map<String, Object> debugState() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("port", port);
    state.put("io", io.toString());
    state.put("transports", registry.size());
    state.put("handshakes", handshakes.active());
    state.put("loops", loops.stream().map(loop -> loop.counters().toMap()).toList());
    return state;
  }

  Logger log() {
    return log;
  }

  DtlsHandshakes handshakes() {
    return handshakes;
  }

  List<Candidate> candidates() {
    return offered.candidates();
  }

  IceTiming timing() {
    return timing;
  }

  /** A candidate that a client names may not make us send to this machine's own services. */
  boolean mayCheck(InetAddress address) {
    return !address.isMulticastAddress()
        && !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress()
        && (settings.offerLoopback() || !address.isLoopbackAddress());
  }

  void forget(UdpTransport transport) {
    registry.remove(transport, transport.agent().ufrag());
  }

  /** Ends the loops and closes the sockets; transports are gone with them. */
  @Override
  public void close() {
    loops.forEach(UdpMediaLoop::close);
    if (ownsHandshakes) {
      handshakes.close();
    }
  }
}
