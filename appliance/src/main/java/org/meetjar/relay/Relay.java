package org.meetjar.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meetjar.channel.ByteChannelAcceptor;
import org.meetjar.config.TurnSettings;
import org.meetjar.muc.Muc;
import org.meetjar.turn.Credentials;
import org.meetjar.turn.TurnMetrics;
import org.meetjar.turn.TurnServer;
import org.meetjar.xmpp.ExternalService;
import org.meetjar.xmpp.ExternalServices;
import org.meetjar.xmpp.Hub;
import org.meetjar.xmpp.Jid;

/**
 * The relay of an appliance: the TURN server, and what clients are told of it. Make it, {@link
 * #open} it before clients come, {@link #close} it in the end; {@link #servicesFor} is for the
 * signalling loop.
 */
public final class Relay implements ExternalServices, AutoCloseable {
  private static final int SECRET_BYTES = 32;
  private static final Duration TRIAL = Duration.ofMinutes(1);

  private final TurnSettings settings;
  private final String domain;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Holds for one run: sessions don't outlive it either. */
  private final Credentials credentials;

  private volatile Optional<Running> running = Optional.empty();

  private record Running(
      TurnServer server, MeetingPeers peers, int encryptedPort, List<InetAddress> bound) {}

  /**
   * The machine as the relay sees it.
   *
   * @param bound the addresses that the machine has
   * @param offered the addresses under which others reach it; other ones behind NAT
   * @param mediaPort the UDP port of the bridge, which may be reached
   * @param encryptedPort the TCP port on which TLS is taken for us
   */
  public record Machine(
      List<InetAddress> bound, List<InetAddress> offered, int mediaPort, int encryptedPort) {
    public Machine {
      bound = List.copyOf(bound);
      offered = List.copyOf(offered);
    }
  }

  /**
   * @param domain how clients call this server
   */
  public Relay(TurnSettings settings, String domain, Clock clock) {
    this.settings = settings;
    this.domain = domain;
    this.clock = clock;
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    credentials = new Credentials(secret, clock);
  }

  /**
   * Starts relaying.
   *
   * @return what takes the streams of the encrypted port
   */
  public ByteChannelAcceptor open(Hub hub, Muc muc, Machine machine) throws IOException {
    MeetingPeers peers = new MeetingPeers(hub::addressOf, random);
    TurnServer server =
        new TurnServer(
            settings,
            domain,
            machine.bound(),
            relayed(machine.bound(), machine.offered()),
            Set.of(machine.mediaPort()),
            credentials,
            peers);
    hub.addEndListener(peers::ended);
    muc.addListener(peers);
    running = Optional.of(new Running(server, peers, machine.encryptedPort(), machine.bound()));
    server.start();
    return server;
  }

  /**
   * Makes relayed addresses known by another of the machine's addresses from now on.
   *
   * @param offered the addresses under which others reach the machine now
   */
  public void offer(List<InetAddress> offered) {
    running.ifPresent(it -> it.server().move(relayed(it.bound(), offered)));
  }

  /** What the relay does; nothing while it is not open. From any thread. */
  public Optional<TurnMetrics> metrics() {
    return running.map(it -> it.server().metrics());
  }

  /** The UDP and TCP port; 0 when there is none. May be called from any thread. */
  public int port() {
    return running.map(it -> it.server().port()).orElse(0);
  }

  /**
   * A login with which the operator may try the relay for a minute; it reaches nothing but this
   * server. Empty when there is no relay. May be called from any thread.
   */
  public Optional<Login> trial() {
    return running
        .map(it -> credentials.issue(it.peers().trial(), TRIAL))
        .map(issued -> new Login(issued.userName(), issued.password()));
  }

  /** Credentials of the relay. */
  public record Login(String user, String password) {}

  @Override
  public List<ExternalService> servicesFor(Jid client) {
    return running
        .flatMap(it -> it.peers().sessionOf(client).map(session -> services(it, session)))
        .orElse(List.of());
  }

  private List<ExternalService> services(Running now, String session) {
    Credentials.Credential issued = credentials.issue(session, settings.credentialLifetime());
    Optional<ExternalService.Credentials> shown =
        Optional.of(
            new ExternalService.Credentials(
                issued.userName(),
                issued.password(),
                clock
                    .instant()
                    .plus(settings.credentialLifetime())
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString()));
    List<ExternalService> services = new ArrayList<>();
    int port = now.server().port();
    if (port > 0) {
      services.add(new ExternalService("turn", domain, port, "udp", shown));
      services.add(new ExternalService("turn", domain, port, "tcp", shown));
    }
    services.add(new ExternalService("turns", domain, now.encryptedPort(), "tcp", shown));
    return services;
  }

  /** For each family the first address that reaches furthest; none where nobody would reach it. */
  private static List<TurnServer.Relayed> relayed(
      List<InetAddress> bound, List<InetAddress> offered) {
    List<TurnServer.Relayed> relayed = new ArrayList<>();
    for (int size : new int[] {4, 16}) {
      Optional<InetAddress> bind = first(bound, size);
      Optional<InetAddress> advertise = first(offered, size);
      if (bind.isPresent() && advertise.isPresent()) {
        boolean own = bound.contains(advertise.get());
        relayed.add(new TurnServer.Relayed(own ? advertise.get() : bind.get(), advertise.get()));
      }
    }
    return relayed;
  }

  private static Optional<InetAddress> first(List<InetAddress> addresses, int size) {
    return addresses.stream().filter(address -> address.getAddress().length == size).findFirst();
  }

  @Override
  public void close() {
    running.ifPresent(it -> it.server().close());
  }
}
