package org.meetjar.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Opens the sockets of relayed addresses. Owned by the TURN thread. */
final class RelaySockets {
  private static final int TRIES = 64;

  private final Selector selector;
  private Optional<TurnServer.Relayed> four = Optional.empty();
  private Optional<TurnServer.Relayed> six = Optional.empty();
  private final int lowestPort;
  private final int highestPort;
  private final SecureRandom random;

  RelaySockets(Selector selector, int lowestPort, int highestPort, SecureRandom random) {
    this.selector = selector;
    this.lowestPort = lowestPort;
    this.highestPort = highestPort;
    this.random = random;
  }

  /** An open relay socket: what it is told to the client as, and its key in the selector. */
  record Relay(DatagramChannel channel, SelectionKey key, InetSocketAddress relayed) {}

  /** Where relayed addresses are made from now on, at most one of each family. */
  void bindOn(List<TurnServer.Relayed> relays) {
    four = ofSize(relays, 4);
    six = ofSize(relays, 16);
  }

  private static Optional<TurnServer.Relayed> ofSize(List<TurnServer.Relayed> relays, int size) {
    return relays.stream().filter(relay -> relay.bind().getAddress().length == size).findFirst();
  }

  boolean offersIpv6() {
    return six.isPresent();
  }

  Optional<Relay> open(boolean ipv6, boolean evenPort) {
    Optional<TurnServer.Relayed> where = ipv6 ? six : four;
    if (where.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < TRIES; i++) {
      int port = 0;
      if (lowestPort > 0) {
        port = lowestPort + random.nextInt(highestPort - lowestPort + 1);
        if (evenPort && (port & 1) == 1) {
          continue;
        }
      }
      try {
        Relay relay = bind(where.get(), ipv6, port);
        if (evenPort && (relay.relayed().getPort() & 1) == 1) {
          relay.channel().close();
          continue;
        }
        return Optional.of(relay);
      } catch (IOException taken) {
        // The port is somebody's; another one then.
      }
    }
    return Optional.empty();
  }

  private Relay bind(TurnServer.Relayed where, boolean ipv6, int port) throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 256 * 1024);
      channel.bind(new InetSocketAddress(where.bind(), port));
      int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      return new Relay(channel, key, new InetSocketAddress(where.advertise(), bound));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
