package org.meetjar.address;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.HostPort;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a STUN server where our packets come from: a binding request, RFC 8489 section 6. */
final class StunSource implements AddressSource {
  private static final Logger log = LoggerFactory.getLogger(StunSource.class);

  /** Waits between retransmissions, section 6.2.1, cut short: others may answer. */
  private static final int[] WAITS_MS = {500, 1000, 1500};

  private static final int MAX_MESSAGE = 1500;

  private final HostPort server;
  private final SecureRandom random = new SecureRandom();

  StunSource(HostPort server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "the STUN server " + server;
  }

  /** The operator has named it, and may well mean a network of its own. */
  @Override
  public boolean knowsInnerNetworks() {
    return true;
  }

  /** One address for each family in which the server can be reached. */
  @Override
  public List<InetAddress> ask() {
    List<InetAddress> mapped = new ArrayList<>();
    try {
      List<Integer> asked = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(server.host())) {
        int family = address.getAddress().length;
        if (!asked.contains(family)) {
          asked.add(family);
          ask(new InetSocketAddress(address, server.port())).ifPresent(mapped::add);
        }
      }
    } catch (UnknownHostException e) {
      log.debug("{} has no address", server);
    }
    return mapped;
  }

  private Optional<InetAddress> ask(InetSocketAddress address) {
    byte[] id = new byte[12];
    random.nextBytes(id);
    byte[] request =
        new StunWriter(Method.BINDING, MessageClass.REQUEST, id).addFingerprint().toBytes();
    try (DatagramSocket socket = new DatagramSocket()) {
      // a connected socket hears the server alone
      socket.connect(address);
      for (int wait : WAITS_MS) {
        socket.send(new DatagramPacket(request, request.length));
        long until = System.nanoTime() + wait * 1_000_000L;
        for (long left = wait; left > 0; left = (until - System.nanoTime()) / 1_000_000L) {
          socket.setSoTimeout((int) left);
          Optional<InetAddress> answer = receive(socket, id);
          if (answer.isPresent()) {
            return answer;
          }
        }
      }
    } catch (IOException e) {
      log.debug("{} cannot be asked: {}", server, e.toString());
    }
    return Optional.empty();
  }

  private static Optional<InetAddress> receive(DatagramSocket socket, byte[] id)
      throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException nothing) {
      return Optional.empty();
    }
    return StunMessage.parse(packet.getData(), 0, packet.getLength())
        .filter(message -> message.messageClass() == MessageClass.SUCCESS)
        .filter(message -> message.method() == Method.BINDING)
        .filter(message -> Arrays.equals(message.transactionId(), id))
        .flatMap(message -> message.address(Attribute.XOR_MAPPED_ADDRESS))
        .map(InetSocketAddress::getAddress);
  }
}
