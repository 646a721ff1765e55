package org.meetjar.load.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.meetjar.config.DatagramMode;
import org.meetjar.datagram.DatagramIo;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.datagram.DatagramSink;
import org.meetjar.datagram.PortGroup;

/**
 * The sockets of all clients, in groups as large as a group may be. One that is given back rests
 * before it serves the next client, until the bridge has forgotten the one before. Belongs to the
 * media thread.
 */
final class ClientPorts implements AutoCloseable {
  private static final int GROUP = 60;
  private static final int BATCH = 1024;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long REST_NANOS = Duration.ofSeconds(10).toNanos();

  private final DatagramIo io;
  private final List<Group> groups = new ArrayList<>();
  private final Queue<Resting> resting = new ArrayDeque<>();

  /** Takes what arrives at one socket. */
  interface Client {
    void datagram(byte[] b, int offset, int length, InetSocketAddress from);
  }

  private record Resting(Group group, int index, boolean six, long sinceNanos) {}

  private static final class Group implements DatagramSink {
    final PortGroup ports;
    final ClientPort[] byIndex = new ClientPort[GROUP];
    final Client[] clients = new Client[GROUP];
    int used;

    Group(PortGroup ports) {
      this.ports = ports;
    }

    @Override
    public void datagram(
        DatagramPort port, byte[] buffer, int offset, int length, InetSocketAddress from) {
      Client client = clients[port.index()];
      if (client != null) {
        client.datagram(buffer, offset, length, from);
      }
    }
  }

  ClientPorts() throws IOException {
    io = DatagramIo.choose(DatagramMode.AUTO);
  }

  /** How datagrams are sent and received. */
  String description() {
    return io.toString();
  }

  /**
   * A socket for a client.
   *
   * @param six whether for IPv6
   */
  ClientPort open(Client client, boolean six, long nanos) throws IOException {
    Resting rested = resting.peek();
    if (rested != null && rested.six == six && nanos - rested.sinceNanos >= REST_NANOS) {
      resting.remove();
      rested.group.clients[rested.index] = client;
      return rested.group.byIndex[rested.index];
    }
    if (groups.isEmpty() || groups.get(groups.size() - 1).used == GROUP) {
      groups.add(new Group(io.open()));
    }
    Group group = groups.get(groups.size() - 1);
    InetAddress any = InetAddress.getByName(six ? "::" : "0.0.0.0");
    DatagramPort port = group.ports.bind(any, 0, false, BUFFER_BYTES);
    group.used++;
    ClientPort opened = new ClientPort(group.ports, port);
    group.byIndex[port.index()] = opened;
    group.clients[port.index()] = client;
    return opened;
  }

  void release(ClientPort port, long nanos) {
    for (Group group : groups) {
      for (int i = 0; i < GROUP; i++) {
        if (group.byIndex[i] == port && group.clients[i] != null) {
          group.clients[i] = null;
          resting.add(new Resting(group, i, port.isSix(), nanos));
        }
      }
    }
  }

  /** Hands over what has arrived. */
  void receive() throws IOException {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      group.ports.await(0);
      group.ports.receive(group, BATCH);
    }
  }

  /** The ports of all sockets, of clients that have gone too. */
  List<Integer> localPorts() {
    return groups.stream()
        .flatMap(group -> group.ports.ports().stream())
        .map(port -> port.local().getPort())
        .toList();
  }

  @Override
  public void close() {
    groups.forEach(group -> group.ports.close());
  }
}
