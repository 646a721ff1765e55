package org.meetjar.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.meetjar.address.AddressRules;
import org.meetjar.channel.ByteChannel;
import org.meetjar.channel.ByteChannelAcceptor;
import org.meetjar.channel.ByteChannelListener;
import org.meetjar.config.TurnSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay: builds its parts, runs their thread and brings what is ready on a socket to its part.
 * Start, stop and the stream calls are for any thread.
 */
public final class TurnServer implements ByteChannelAcceptor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TurnServer.class);

  /** Datagrams of one socket in a row, before the others have their turn. */
  private static final int BATCH = 32;

  private static final long SWEEP_NANOS = 1_000_000_000L;

  private final TurnSockets sockets = new TurnSockets();
  private final TurnTasks tasks = new TurnTasks(sockets.selector());
  private final Allocations allocations = new Allocations();
  private final List<InetAddress> listen;
  private final RelaySockets relaySockets;
  private final PeerGuard guard;
  private final PeerPolicy policy;
  private final DataPath data;
  private final MessageIntake intake;
  private final Streams streams;

  /** Four bytes are left free before what peers send, so that a channel header finds room. */
  private final ByteBuffer packet = ByteBuffer.allocateDirect(DataPath.CHANNEL_HEADER + 65_535);

  private final int port;
  private final Thread thread = new Thread(this::run, "turn");
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
    SecureRandom random = new SecureRandom();
    this.port = sockets.listen(listen, settings.port());
    this.listen = List.copyOf(listen);
    guard = new PeerGuard(ownPorts, forbidden, allocations, policy);
    data = new DataPath(allocations, guard, new RateLimit(settings.totalBitsPerSecond() / 8));
    relaySockets =
        new RelaySockets(
            sockets.selector(), settings.lowestRelayPort(), settings.highestRelayPort(), random);
    relayAt(relays);
    Requests requests =
        new Requests(
            new Authenticator(realm, credentials, new Nonces(random), allocations, policy),
            allocations,
            new AllocationRequests(settings, allocations, policy, relaySockets),
            new PeerRequests(guard),
            data,
            System::nanoTime);
    intake = new MessageIntake(requests, data);
    streams = new Streams(allocations, settings.allocationsPerAddress(), intake::take);
    thread.setDaemon(true);
  }

  /**
   * Where relayed addresses are made.
   *
   * @param bind the machine's own address
   * @param advertise the address by which others reach it; another one behind NAT
   */
  public record Relayed(InetAddress bind, InetAddress advertise) {}

  /**
   * Makes relayed addresses elsewhere from now on; those that there are stay. May be called from
   * any thread.
   *
   * @param relays at most one of each family
   */
  public void move(List<Relayed> relays) {
    tasks.offer(() -> relayAt(relays));
  }

  private void relayAt(List<Relayed> relays) {
    guard.own(listen, relays);
    relaySockets.bindOn(relays);
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
    if (!tasks.offer(() -> streams.opened(path))) {
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
          tasks.offer(
              () -> {
                if (streams.has(path) && streams.take(path, bytes)) {
                  taken.run();
                }
              });
      if (!queued) {
        path.close();
      }
    }

    @Override
    public void onClosed() {
      tasks.offer(() -> streams.gone(path));
    }
  }

  private void run() {
    long nextSweep = System.nanoTime() + SWEEP_NANOS;
    while (!stopping) {
      try {
        long waitMillis = Math.max(1, (nextSweep - System.nanoTime()) / 1_000_000L);
        sockets.selector().select(this::ready, waitMillis);
        tasks.run();
        long now = System.nanoTime();
        if (now - nextSweep >= 0) {
          allocations.sweep(now, guard, policy);
          streams.sweep(now);
          nextSweep = now + SWEEP_NANOS;
        }
      } catch (IOException | RuntimeException e) {
        log.error("the relay goes on after a failure", e);
      }
    }
    sockets.close();
  }

  private void ready(SelectionKey key) {
    try {
      if (!key.isValid()) {
        return;
      }
      if (key.isAcceptable()) {
        TcpClient.accept(key, streams);
      } else if (key.channel() instanceof SocketChannel) {
        ((TcpClient) key.attachment()).ready(key);
      } else if (key.attachment() instanceof Allocation allocation) {
        fromPeers(allocation);
      } else {
        fromClients((DatagramChannel) key.channel());
      }
    } catch (IOException e) {
      log.debug("a socket failed", e);
    }
  }

  private void fromPeers(Allocation allocation) throws IOException {
    int taken = 0;
    while (taken < BATCH && data.fromPeer(allocation, packet)) {
      taken++;
    }
  }

  private void fromClients(DatagramChannel channel) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      packet.clear();
      InetSocketAddress client = (InetSocketAddress) channel.receive(packet);
      if (client == null) {
        return;
      }
      intake.take(packet.flip(), new UdpPath(channel, client));
    }
  }

  public TurnMetrics metrics() {
    return allocations.metrics();
  }

  @Override
  public void close() {
    stopping = true;
    sockets.selector().wakeup();
    if (!thread.isAlive()) {
      sockets.close();
      return;
    }
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
