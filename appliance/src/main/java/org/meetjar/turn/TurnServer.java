package org.meetjar.turn;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import org.meetjar.channel.ByteChannel;
import org.meetjar.channel.ByteChannelAcceptor;
import org.meetjar.channel.ByteChannelListener;
import org.meetjar.config.TurnSettings;
import org.meetjar.stun.StunMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay: its thread, its sockets and the path of each packet. Start, stop and the stream calls
 * are for any thread.
 */
public final class TurnServer implements ByteChannelAcceptor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TurnServer.class);

  /** Datagrams of one socket in a row, before the others have their turn. */
  private static final int BATCH = 32;

  /**
   * Tasks from other threads that wait; beyond it they are dropped, as the network drops packets.
   */
  private static final int MAX_TASKS = 8192;

  /** Of each listening socket; the kernel's own default holds some ten milliseconds. */
  private static final int SOCKET_BUFFER = 1 << 20;

  /** How often another port is tried when the system chose one that only TCP has free. */
  private static final int PORT_TRIES = 10;

  /** TCP connections at a time, those without allocation included. */
  private static final int MAX_STREAMS = 1000;

  private static final long SWEEP_NANOS = 1_000_000_000L;

  /** How long a stream may be open without an allocation. */
  private static final long IDLE_STREAM_NANOS = 30_000_000_000L;

  private static final int CHANNEL_HEADER = 4;

  /** RFC 5766 had channels up to here, and clients of its time use them. */
  static final int HIGHEST_CHANNEL = 0x7FFE;

  private final Selector selector;
  private final List<SelectableChannel> listeners = new ArrayList<>();
  private final Allocations allocations = new Allocations();
  private final PeerGuard guard;
  private final PeerPolicy policy;
  private final Requests requests;
  private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(MAX_TASKS);
  private final Map<StreamPath, Long> streams = new HashMap<>();

  /** Four bytes are left free before what is read, so that a channel header finds room. */
  private final ByteBuffer packet = ByteBuffer.allocateDirect(CHANNEL_HEADER + 65_535);

  private final byte[] message = new byte[StreamFramer.MAX_MESSAGE];
  private final int streamsPerAddress;
  private final int port;
  private final Thread thread = new Thread(this::run, "turn");
  private final RateLimit total;
  private volatile boolean stopping;

  /**
   * Opens the sockets. When another program has the port, the relay goes on without: then it is
   * reached by {@link #open} alone.
   *
   * @param listen our own addresses, on each of which clients are served
   * @param relays where relayed addresses are made, at most one of each family
   * @param ownPorts UDP ports that may be reached on our own addresses: the bridge's
   */
  public TurnServer(
      TurnSettings settings,
      String realm,
      List<InetAddress> listen,
      List<Relayed> relays,
      Set<Integer> ownPorts,
      Credentials credentials,
      PeerPolicy policy)
      throws IOException {
    this(settings, realm, listen, relays, ownPorts, credentials, policy, AddressRules::isForbidden);
  }

  /** As the public constructor, with other rules: tests have nothing but loopback. */
  TurnServer(
      TurnSettings settings,
      String realm,
      List<InetAddress> listen,
      List<Relayed> relays,
      Set<Integer> ownPorts,
      Credentials credentials,
      PeerPolicy policy,
      Predicate<InetAddress> forbidden)
      throws IOException {
    this.policy = policy;
    this.streamsPerAddress = settings.allocationsPerAddress();
    this.selector = Selector.open();
    SecureRandom random = new SecureRandom();
    this.port = listen(listen, settings.port());
    Set<InetAddress> own = new HashSet<>(listen);
    relays.forEach(
        relay -> {
          own.add(relay.bind());
          own.add(relay.advertise());
        });
    Map<InetAddress, InetAddress> behindNat = new HashMap<>();
    relays.forEach(relay -> behindNat.put(relay.advertise(), relay.bind()));
    this.guard = new PeerGuard(own, behindNat, ownPorts, forbidden, allocations, policy);
    this.total = new RateLimit(settings.totalBitsPerSecond() / 8);
    this.requests =
        new Requests(
            settings,
            realm,
            credentials,
            new Nonces(random),
            allocations,
            guard,
            policy,
            total,
            new RelaySockets(
                selector,
                relayOf(relays, 4),
                relayOf(relays, 16),
                settings.lowestRelayPort(),
                settings.highestRelayPort(),
                random),
            new ChallengeLimit(),
            System::nanoTime);
    thread.setDaemon(true);
  }

  /**
   * Where relayed addresses are made.
   *
   * @param bind the machine's own address
   * @param advertise the address by which others reach it; another one behind NAT
   */
  public record Relayed(InetAddress bind, InetAddress advertise) {}

  private static Optional<RelaySockets.RelayAddress> relayOf(List<Relayed> relays, int size) {
    return relays.stream()
        .filter(relay -> relay.bind().getAddress().length == size)
        .findFirst()
        .map(relay -> new RelaySockets.RelayAddress(relay.bind(), relay.advertise()));
  }

  public void start() {
    thread.start();
  }

  /** The UDP and TCP port, also when the system chose it; 0 when it was not to be had. */
  public int port() {
    return port;
  }

  /** Takes a stream that the web server carries. Called on any thread. */
  @Override
  public ByteChannelListener open(ByteChannel channel) {
    StreamPath path = new StreamPath(channel);
    if (!execute(() -> opened(path))) {
      channel.close();
    }
    return new Carried(path);
  }

  /** What comes on a stream that another server carries. */
  private final class Carried implements ByteChannelListener {
    private final StreamPath path;

    Carried(StreamPath path) {
      this.path = path;
    }

    @Override
    public void onBytes(ByteBuffer bytes, Runnable taken) {
      boolean queued =
          execute(
              () -> {
                if (streams.containsKey(path) && take(path, bytes)) {
                  taken.run();
                }
              });
      if (!queued) {
        path.close();
      }
    }

    @Override
    public void onClosed() {
      execute(() -> gone(path));
    }
  }

  private boolean execute(Runnable task) {
    boolean taken = tasks.offer(task);
    selector.wakeup();
    return taken;
  }

  private int listen(List<InetAddress> addresses, int wanted) throws IOException {
    for (int i = 1; ; i++) {
      try {
        int bound = wanted;
        for (InetAddress address : addresses) {
          bound = listen(address, bound);
        }
        return bound;
      } catch (BindException taken) {
        for (SelectableChannel listener : listeners) {
          listener.close();
        }
        listeners.clear();
        selector.selectNow();
        if (wanted != 0 || i == PORT_TRIES) {
          log.warn(
              "port {} of the relay is taken by another program: it is offered on the encrypted"
                  + " port alone; stop that program, or choose another port with --set turn.port",
              wanted);
          return 0;
        }
      } catch (IOException e) {
        closeAll();
        throw e;
      }
    }
  }

  private int listen(InetAddress address, int wanted) throws IOException {
    ServerSocketChannel tcp = ServerSocketChannel.open();
    listeners.add(tcp);
    tcp.bind(new InetSocketAddress(address, wanted));
    tcp.configureBlocking(false);
    tcp.register(selector, SelectionKey.OP_ACCEPT);
    int bound = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
    DatagramChannel udp = DatagramChannel.open();
    listeners.add(udp);
    udp.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
    udp.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
    udp.bind(new InetSocketAddress(address, bound));
    udp.configureBlocking(false);
    udp.register(selector, SelectionKey.OP_READ);
    return bound;
  }

  private void run() {
    long nextSweep = System.nanoTime() + SWEEP_NANOS;
    while (!stopping) {
      try {
        selector.select(this::ready, Math.max(1, (nextSweep - System.nanoTime()) / 1_000_000L));
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        long now = System.nanoTime();
        if (now - nextSweep >= 0) {
          sweep(now);
          nextSweep = now + SWEEP_NANOS;
        }
      } catch (IOException | RuntimeException e) {
        log.error("the relay goes on after a failure", e);
      }
    }
    closeAll();
  }

  private void ready(SelectionKey key) {
    try {
      if (!key.isValid()) {
        return;
      }
      if (key.isAcceptable()) {
        acceptTcp((ServerSocketChannel) key.channel());
      } else if (key.channel() instanceof SocketChannel channel) {
        tcpReady(key, channel);
      } else if (key.attachment() instanceof Allocation allocation) {
        fromPeers(allocation);
      } else {
        fromClients((DatagramChannel) key.channel());
      }
    } catch (IOException e) {
      log.debug("a socket failed", e);
    }
  }

  private void fromClients(DatagramChannel channel) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      packet.clear();
      InetSocketAddress client = (InetSocketAddress) channel.receive(packet);
      if (client == null) {
        return;
      }
      packet.flip();
      fromClient(packet, new UdpPath(channel, client));
    }
  }

  /** One whole message; false when it is no TURN. */
  private boolean fromClient(ByteBuffer bytes, ClientPath path) {
    int size = bytes.remaining();
    if (size < CHANNEL_HEADER) {
      return false;
    }
    int first = bytes.get(bytes.position()) & 0xFF;
    if (first >= 0x40 && first < 0x80) {
      channelData(bytes, path);
      return true;
    }
    if (first > 3 || size > message.length) {
      return false;
    }
    bytes.get(message, 0, size);
    return StunMessage.looksLikeStun(message, 0, size) && requests.take(message, size, path);
  }

  private void channelData(ByteBuffer bytes, ClientPath path) {
    Allocation allocation = allocations.of(path);
    if (allocation == null) {
      return;
    }
    int number = bytes.getShort() & 0xFFFF;
    int size = bytes.getShort() & 0xFFFF;
    long now = System.nanoTime();
    InetSocketAddress peer = allocation.peerOf(number, now);
    if (peer == null
        || size > bytes.remaining()
        || !allocation.permits(peer.getAddress(), now)
        || !guard.mayPass(peer)
        || !allocation.fromClient.allows(size, now)
        || !total.allows(size, now)) {
      return;
    }
    bytes.limit(bytes.position() + size);
    allocation.send(bytes, guard.toReach(peer));
  }

  private void fromPeers(Allocation allocation) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      packet.clear().position(CHANNEL_HEADER);
      InetSocketAddress source = (InetSocketAddress) allocation.relay.receive(packet);
      if (source == null) {
        return;
      }
      InetSocketAddress peer = guard.asKnown(source);
      int size = packet.position() - CHANNEL_HEADER;
      long now = System.nanoTime();
      if (!allocation.permits(peer.getAddress(), now)
          || !guard.mayPass(peer)
          || !allocation.fromPeers.allows(size, now)
          || !total.allows(size, now)) {
        continue;
      }
      int channel = allocation.channelOf(peer, now);
      if (channel >= 0) {
        int padding = allocation.path.isStream() ? -size & 3 : 0;
        if (padding > packet.remaining()) {
          continue;
        }
        for (int p = 0; p < padding; p++) {
          packet.put((byte) 0);
        }
        packet.flip();
        packet.putShort(0, (short) channel).putShort(2, (short) size);
        allocation.path.send(packet);
      } else {
        packet.flip().position(CHANNEL_HEADER);
        allocation.path.send(DataIndication.of(packet, peer));
      }
    }
  }

  private void acceptTcp(ServerSocketChannel server) throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    TcpChannel carrier = new TcpChannel(channel, key);
    StreamPath path = new StreamPath(carrier);
    key.attach(new TcpClient(path, carrier));
    opened(path);
  }

  private record TcpClient(StreamPath path, TcpChannel carrier) {}

  private void tcpReady(SelectionKey key, SocketChannel channel) {
    TcpClient client = (TcpClient) key.attachment();
    try {
      if (key.isWritable()) {
        client.carrier().writable();
      }
      if (!key.isReadable()) {
        return;
      }
      // A small view: the packet buffer is wanted whole by what a message leads to, so the framer
      // copies first.
      ByteBuffer read = ByteBuffer.allocate(StreamFramer.MAX_MESSAGE);
      int size = channel.read(read);
      if (size < 0 || !take(client.path(), read.flip())) {
        gone(client.path());
      }
    } catch (IOException broken) {
      gone(client.path());
    }
  }

  private boolean take(StreamPath path, ByteBuffer bytes) {
    boolean[] speaksTurn = {true};
    boolean framed =
        path.take(bytes, whole -> speaksTurn[0] &= fromClient(whole, path)) && speaksTurn[0];
    if (!framed) {
      gone(path);
    }
    return framed;
  }

  private void opened(StreamPath path) {
    InetAddress client = path.client().getAddress();
    if (streams.size() >= MAX_STREAMS
        || streams.keySet().stream().filter(it -> it.client().getAddress().equals(client)).count()
            >= streamsPerAddress) {
      path.close();
      return;
    }
    streams.put(path, System.nanoTime());
  }

  private void gone(StreamPath path) {
    if (streams.remove(path) != null) {
      Allocation allocation = allocations.of(path);
      if (allocation != null) {
        allocations.remove(allocation);
      }
      path.close();
    }
  }

  private void sweep(long now) {
    List<Allocation> over = new ArrayList<>();
    for (Allocation allocation : allocations.all()) {
      if (allocation.expiresAt - now <= 0
          || !policy.alive(Credentials.sessionOf(allocation.userName))) {
        over.add(allocation);
      } else {
        String session = Credentials.sessionOf(allocation.userName);
        allocation.sweep(now, peer -> guard.mayPermit(session, peer));
      }
    }
    over.forEach(allocations::remove);
    List<StreamPath> idle = new ArrayList<>();
    streams.forEach(
        (path, since) -> {
          if (now - since > IDLE_STREAM_NANOS && allocations.of(path) == null) {
            idle.add(path);
          }
        });
    idle.forEach(this::gone);
  }

  private void closeAll() {
    if (!selector.isOpen()) {
      return;
    }
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      for (SelectableChannel listener : listeners) {
        listener.close();
      }
      selector.close();
    } catch (IOException e) {
      log.debug("closing the relay", e);
    }
  }

  @Override
  public void close() {
    stopping = true;
    selector.wakeup();
    if (!thread.isAlive()) {
      closeAll();
      return;
    }
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
