package org.meetjar.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.meetjar.config.IpAddress;
import org.meetjar.muc.Occupant;
import org.meetjar.muc.Room;
import org.meetjar.muc.RoomListener;
import org.meetjar.turn.PeerPolicy;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/**
 * Lets a session reach by relay what another participant of its meeting has announced to it as a
 * candidate (XEP-0176), and where that participant's own connection comes from, since behind some
 * NATs that is all that is known of it. Names of multicast DNS tell nothing. What was announced is
 * forgotten when either leaves the meeting. Owned by the signalling loop, but for what {@link
 * PeerPolicy} asks.
 */
final class MeetingPeers implements RoomListener, PeerPolicy {
  private static final String JINGLE = "urn:xmpp:jingle:1";
  private static final String ICE = "urn:xmpp:jingle:transports:ice-udp:1";

  /** Candidates of one request that are looked at. */
  private static final int MAX_CANDIDATES = 128;

  private final Function<Jid, Optional<String>> addressOf;
  private final SecureRandom random;
  private final Map<Jid, RelayClient> clients = new HashMap<>();
  private final ConcurrentMap<String, RelayClient> bySession = new ConcurrentHashMap<>();
  private final Trials trials = new Trials();

  /**
   * @param addressOf the network address of the client with a full JID; empty when it has no
   *     session
   */
  MeetingPeers(Function<Jid, Optional<String>> addressOf, SecureRandom random) {
    this.addressOf = addressOf;
    this.random = random;
  }

  /** What stands for the client's session in its credentials; empty when it has none. */
  Optional<String> sessionOf(Jid client) {
    return client(client).map(RelayClient::session);
  }

  /** The client's session is over, and with it everything that it could reach. */
  void ended(Jid client) {
    RelayClient gone = clients.remove(client);
    if (gone != null) {
      bySession.remove(gone.session());
    }
  }

  @Override
  public void iqRelayed(Room room, Occupant sender, Occupant receiver, Element iq) {
    if (sender.isService() || receiver.isService()) {
      return;
    }
    Optional<Element> jingle = iq.child("jingle", JINGLE);
    if (jingle.isEmpty()) {
      return;
    }
    Set<InetAddress> addresses = new HashSet<>();
    addressOf.apply(sender.real()).flatMap(IpAddress::parse).ifPresent(addresses::add);
    jingle
        .get()
        .children("content", JINGLE)
        .flatMap(content -> content.children("transport", ICE))
        .flatMap(transport -> transport.children("candidate", ICE))
        .limit(MAX_CANDIDATES)
        .forEach(candidate -> IpAddress.parse(candidate.attribute("ip")).ifPresent(addresses::add));
    client(receiver.real()).ifPresent(client -> client.announce(sender.real(), addresses));
  }

  @Override
  public void occupantLeft(Room room, Occupant occupant) {
    RelayClient left = clients.get(occupant.real());
    if (left != null) {
      left.forgetAll();
    }
    for (Occupant other : room.occupants()) {
      RelayClient client = clients.get(other.real());
      if (client != null) {
        client.forget(occupant.real());
      }
    }
  }

  @Override
  public boolean permits(String session, InetSocketAddress peer) {
    RelayClient client = bySession.get(session);
    return client != null && client.reaches(peer.getAddress());
  }

  @Override
  public boolean alive(String session) {
    return bySession.containsKey(session) || trials.alive(session);
  }

  /** A session that nobody has: to try the relay, which reaches nothing but this server for it. */
  String trial() {
    String session = newSession();
    trials.add(session);
    return session;
  }

  private String newSession() {
    byte[] id = new byte[12];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  private Optional<RelayClient> client(Jid jid) {
    RelayClient known = clients.get(jid);
    if (known != null) {
      return Optional.of(known);
    }
    if (addressOf.apply(jid).isEmpty()) {
      return Optional.empty();
    }
    RelayClient made = new RelayClient(newSession());
    clients.put(jid, made);
    bySession.put(made.session(), made);
    return Optional.of(made);
  }
}
