package org.meetjar.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meetjar.config.TurnSettings;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/** The relay's answers, message by message, with the rules that it has in public. */
class TurnServerTest {
  private static final String REALM = "meet.example.org";
  private static final byte[] UDP = {17, 0, 0, 0};

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final Credentials credentials = new Credentials(new byte[] {9}, Clock.systemUTC());
  private volatile boolean sessionLives = true;
  private TurnServer server;
  private DatagramSocket bridge;
  private DatagramSocket client;
  private String nonce = "";
  private byte transaction;

  @BeforeEach
  void start() throws Exception {
    bridge = new DatagramSocket(0, loopback);
    bridge.setSoTimeout(30_000);
    client = new DatagramSocket(0, loopback);
    client.setSoTimeout(30_000);
    server =
        new TurnServer(
            new TurnSettings(true, 0, 0, 0, 3, 2, 3, 8_000_000, 80_000_000, Duration.ofMinutes(5)),
            REALM,
            List.of(loopback),
            List.of(new TurnServer.Relayed(loopback, loopback)),
            Set.of(bridge.getLocalPort()),
            credentials,
            new PeerPolicy() {
              @Override
              public boolean permits(String session, InetSocketAddress peer) {
                return peer.getAddress().getHostAddress().equals("8.8.8.8");
              }

              @Override
              public boolean alive(String session) {
                return sessionLives;
              }
            });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
    bridge.close();
  }

  @Test
  void asksForCredentialsWithRealmAndNonce() throws Exception {
    StunMessage answer = exchange(writer(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP));
    assertThat(errorOf(answer)).contains(401);
    assertThat(answer.text(Attribute.REALM)).contains(REALM);
    assertThat(answer.has(Attribute.NONCE)).isTrue();
  }

  @Test
  void carriesDataToTheBridgeAndBack() throws Exception {
    allocate();
    InetSocketAddress peer = new InetSocketAddress(loopback, bridge.getLocalPort());
    assertThat(errorOf(permit(peer))).isEmpty();

    StunMessage data = thereAndBack(peer);
    assertThat(data.method()).isEqualTo(Method.DATA);
    assertThat(data.address(Attribute.XOR_PEER_ADDRESS)).contains(peer);
    assertThat(data.text(Attribute.DATA)).contains("back");
  }

  @Test
  void relaysByAnAddressThatWasFoundLater() throws Exception {
    InetAddress found = InetAddress.getByName("198.51.100.7");
    InetSocketAddress before = allocate();
    assertThat(before.getAddress()).isEqualTo(loopback);

    server.move(List.of(new TurnServer.Relayed(loopback, found)));
    another();
    InetSocketAddress after = allocate();

    assertThat(after.getAddress()).isEqualTo(found);
    // the bridge's candidate has that address now, too, though the machine itself does not
    InetSocketAddress peer = new InetSocketAddress(found, bridge.getLocalPort());
    assertThat(errorOf(permit(peer))).isEmpty();
    assertThat(thereAndBack(peer).address(Attribute.XOR_PEER_ADDRESS)).contains(peer);
  }

  @Test
  void staysClosedToOurOwnOtherPorts() throws Exception {
    allocate();
    try (DatagramSocket other = new DatagramSocket(0, loopback)) {
      other.setSoTimeout(300);
      InetSocketAddress secret = new InetSocketAddress(loopback, other.getLocalPort());
      // The permission is for the address, where the bridge lives too; the port is looked at with
      // each packet.
      assertThat(errorOf(permit(secret))).isEmpty();
      say("knock", secret);
      assertThat(errorOf(bind(0x4001, secret))).contains(403);
      assertThat(arrives(other)).isFalse();
    }
  }

  @Test
  void staysClosedToWhatNoMeetingAnnouncedAndToPrivateAddresses() throws Exception {
    allocate();
    assertThat(errorOf(permit(new InetSocketAddress("8.8.8.8", 5)))).isEmpty();
    for (String address :
        List.of("8.8.4.4", "10.0.0.1", "169.254.169.254", "127.0.0.2", "0.0.0.0", "224.0.0.1")) {
      assertThat(errorOf(permit(new InetSocketAddress(address, 5)))).as(address).contains(403);
    }
    assertThat(errorOf(permit(new InetSocketAddress("64:ff9b::7f00:1", 5)))).contains(443);
  }

  @Test
  void holdsTheQuotaOfASession() throws Exception {
    allocate();
    for (int i = 0; i < 2; i++) {
      another();
      StunMessage answer =
          authenticated(writer(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP), "session");
      assertThat(errorOf(answer)).isEqualTo(i == 0 ? Optional.empty() : Optional.of(486));
    }
  }

  @Test
  void endsWithTheSessionItsCredentialsWereMadeFor() throws Exception {
    allocate();
    sessionLives = false;
    StunMessage answer =
        authenticated(writer(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP), "other");
    assertThat(errorOf(answer)).contains(401);
    StunMessage refresh = authenticated(writer(Method.REFRESH), "session");
    assertThat(refresh.number(Attribute.LIFETIME).orElse(0)).isZero();
  }

  @Test
  void refusesExpiredCredentialsAndUnknownAttributes() throws Exception {
    StunMessage expired =
        authenticated(
            writer(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP),
            credentials.issue("session", Duration.ofMinutes(-1)));
    assertThat(errorOf(expired)).contains(401);
    StunMessage unknown =
        authenticated(
            writer(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP).add(0x7FFF, "?"),
            "session");
    assertThat(errorOf(unknown)).contains(420);
    StunMessage tcp =
        authenticated(
            writer(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, new byte[] {6, 0, 0, 0}),
            "session");
    assertThat(errorOf(tcp)).contains(442);
  }

  /** From now on another client asks. */
  private void another() throws Exception {
    client.close();
    client = new DatagramSocket(0, loopback);
    client.setSoTimeout(30_000);
    nonce = "";
  }

  private InetSocketAddress allocate() throws Exception {
    StunMessage answer =
        authenticated(writer(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP), "session");
    assertThat(answer.messageClass()).isEqualTo(MessageClass.SUCCESS);
    return answer.address(Attribute.XOR_RELAYED_ADDRESS).orElseThrow();
  }

  private StunMessage permit(InetSocketAddress peer) throws Exception {
    return authenticated(
        writer(Method.CREATE_PERMISSION).add(Attribute.XOR_PEER_ADDRESS, peer), "session");
  }

  /** Sends data by the relay. */
  private void say(String data, InetSocketAddress peer) throws Exception {
    send(
        new StunWriter(Method.SEND, MessageClass.INDICATION, new byte[12])
            .add(Attribute.XOR_PEER_ADDRESS, peer)
            .add(Attribute.DATA, data)
            .toBytes());
  }

  /** Says something to the bridge at that address, and gives how its answer comes back. */
  private StunMessage thereAndBack(InetSocketAddress peer) throws Exception {
    say("there", peer);
    DatagramPacket arrived = receive(bridge);
    assertThat(text(arrived)).isEqualTo("there");
    bridge.send(
        new DatagramPacket("back".getBytes(StandardCharsets.UTF_8), 4, arrived.getSocketAddress()));
    return message(receive(client));
  }

  private StunMessage bind(int channel, InetSocketAddress peer) throws Exception {
    return authenticated(
        writer(Method.CHANNEL_BIND)
            .add(Attribute.CHANNEL_NUMBER, channel << 16)
            .add(Attribute.XOR_PEER_ADDRESS, peer),
        "session");
  }

  private StunWriter writer(int method) {
    byte[] id = new byte[12];
    id[0] = ++transaction;
    return new StunWriter(method, MessageClass.REQUEST, id);
  }

  private StunMessage authenticated(StunWriter request, String session) throws Exception {
    return authenticated(request, credentials.issue(session, Duration.ofMinutes(1)));
  }

  private StunMessage authenticated(StunWriter request, Credentials.Credential as)
      throws Exception {
    if (nonce.isEmpty()) {
      StunMessage challenge = exchange(writer(Method.ALLOCATE));
      nonce = challenge.text(Attribute.NONCE).orElseThrow();
    }
    return exchange(
        request
            .add(Attribute.USERNAME, as.userName())
            .add(Attribute.REALM, REALM)
            .add(Attribute.NONCE, nonce)
            .add(Integrity.sha1(Integrity.longTermKey(as.userName(), REALM, as.password()))));
  }

  private StunMessage exchange(StunWriter request) throws Exception {
    send(request.toBytes());
    return message(receive(client));
  }

  private void send(byte[] bytes) throws Exception {
    client.send(
        new DatagramPacket(bytes, bytes.length, new InetSocketAddress(loopback, server.port())));
  }

  private static boolean arrives(DatagramSocket socket) throws Exception {
    try {
      receive(socket);
      return true;
    } catch (SocketTimeoutException nothing) {
      return false;
    }
  }

  private static DatagramPacket receive(DatagramSocket socket) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    socket.receive(packet);
    return packet;
  }

  private static String text(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static StunMessage message(DatagramPacket packet) {
    return StunMessage.parse(packet.getData(), 0, packet.getLength()).orElseThrow();
  }

  private static Optional<Integer> errorOf(StunMessage message) {
    return message.bytes(Attribute.ERROR_CODE).map(value -> value[2] * 100 + value[3]);
  }
}
