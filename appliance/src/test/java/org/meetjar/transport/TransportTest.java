package org.meetjar.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.Await;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.config.TransportSettings;
import org.meetjar.srtp.SrtpProfile;

/** From the first check to media both ways, over real sockets. */
@Timeout(120)
class TransportTest {
  private static final String LOOPBACK = "127.0.0.1";

  private final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void mediaFlowsBothWays(SrtpProfile profile) throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = connect(endpoint, LOOPBACK, profile);

    for (int sequence = 1; sequence <= 100; sequence++) {
      client.send(client.sealRtp(sequence, 200 + sequence));
      assertThat(endpoint.rtp.poll(30, SECONDS))
          .isEqualTo(TestClient.rtp(sequence, 200 + sequence));
      byte[] echo = client.mediaIn.poll(30, SECONDS);
      int length = client.receiver.unprotectRtp(echo, 0, echo.length);
      assertThat(Arrays.copyOf(echo, length)).isEqualTo(TestClient.rtp(sequence, 200 + sequence));
    }
    byte[] report = Arrays.copyOf(new byte[] {(byte) 0x80, (byte) 201, 0, 4, 0, 0, 0, 9}, 40);
    client.send(Arrays.copyOf(report, client.sender.protectRtcp(report, 0, 20)));
    // The array is enciphered in place: what comes out is the plain text of before.
    assertThat(endpoint.rtcp.poll(30, SECONDS)).hasSize(20).startsWith(0x80, 201, 0, 4, 0, 0, 0, 9);
    byte[] echo = client.mediaIn.poll(30, SECONDS);
    assertThat(client.receiver.unprotectRtcp(echo, 0, echo.length)).isEqualTo(20);
    assertThat(endpoint.ask(Transport::lastActivityNanos)).isNotZero();
    assertThat(endpoint.ask(Transport::roundTripMs)).isBetween(0.0, 1_000.0);
  }

  @Test
  void gcmIsPreferredWhateverTheClientsOrder() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client =
        connect(
            endpoint, LOOPBACK, SrtpProfile.AES128_CM_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM);
    // A tag of 16 bytes is GCM's.
    assertThat(client.sealRtp(1, 100)).hasSize(12 + 100 + 16);
  }

  @Test
  void aClientHelloInFragmentsIsPutTogether() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "active");
    client.mtu = 150;
    client.ice();
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.connected.get(30, SECONDS);
  }

  @Test
  void weBeginWithAClientThatIsPassive() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "passive");
    client.ice();
    client.awaitHandshake();
    endpoint.connected.get(30, SECONDS);
    client.send(client.sealRtp(1, 100));
    assertThat(endpoint.rtp.poll(30, SECONDS)).isEqualTo(TestClient.rtp(1, 100));
  }

  @Test
  void theClientsSideMayBeSignalledAfterItsFirstChecks() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = client(LOOPBACK).towards(endpoint.local(), LOOPBACK);
    client.check();
    Await.until(() -> endpoint.ask(Transport::lastActivityNanos) != 0);
    endpoint.remote(client.description("active"));
    client.nominated.get(30, SECONDS);
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.connected.get(30, SECONDS);
  }

  @Test
  void aWrongFingerprintFails() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = client(LOOPBACK).towards(endpoint.local(), LOOPBACK);
    endpoint.remote(
        client.description(List.of(new Fingerprint("sha-256", "00:".repeat(31) + "00", "active"))));
    client.ice();
    CompletableFuture<Void> handshake = handshakeLater(client);
    assertThat(endpoint.failed.get(30, SECONDS)).contains("fingerprint");
    assertThat(endpoint.connected).isNotDone();
    assertThat(handshake).failsWithin(Duration.ofSeconds(60));
  }

  @Test
  void noDtlsWithoutIce() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "active");
    handshakeLater(client);
    Await.until(() -> endpoint.dropped(Drop.UNKNOWN_ADDRESS) > 0);
    assertThat(client.dtlsIn).isEmpty();
    assertThat(client.nominated).isNotDone();

    // Checks that do not answer ours prove nothing either: someone may send in another's name.
    client.answersChecks = false;
    client.check();
    Await.until(() -> endpoint.ask(Transport::lastActivityNanos) != 0);
    for (int i = 0; i < 10; i++) {
      client.send(new byte[] {22, (byte) 254, (byte) 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0});
    }
    Await.until(() -> endpoint.dropped(Drop.NOT_VALIDATED) > 0);
    assertThat(client.dtlsIn).isEmpty();
    assertThat(endpoint.failed).isNotDone();
  }

  @Test
  void whatDtlsSentBeforeTheAnswerToOurCheckIsKept() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = client(LOOPBACK).towards(endpoint.local(), LOOPBACK);
    client.check();
    Await.until(() -> endpoint.ask(Transport::lastActivityNanos) != 0);
    CompletableFuture<Void> handshake = handshakeLater(client);
    Await.until(() -> endpoint.transports.counters().get(0).packetsIn() >= 2);
    endpoint.remote(client.description("active"));
    endpoint.connected.get(30, SECONDS);
    handshake.get(30, SECONDS);
  }

  @Test
  void aReplayIsDropped() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = connect(endpoint, LOOPBACK, SrtpProfile.AEAD_AES_128_GCM);
    byte[] packet = client.sealRtp(1, 100);
    client.send(packet);
    client.send(packet);
    client.send(client.sealRtp(2, 100));
    assertThat(endpoint.rtp.poll(30, SECONDS)).isEqualTo(TestClient.rtp(1, 100));
    assertThat(endpoint.rtp.poll(30, SECONDS)).isEqualTo(TestClient.rtp(2, 100));
    assertThat(endpoint.dropped(Drop.REPLAYED)).isEqualTo(1);
  }

  @Test
  void garbageTearsNothingDown() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = connect(endpoint, LOOPBACK, SrtpProfile.AEAD_AES_128_GCM);
    TestClient stranger = client(LOOPBACK).towards(endpoint.local(), LOOPBACK);
    Random random = new Random(4);
    byte[] media = client.sealRtp(1, 100);
    for (int i = 0; i < 3_000; i++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      if (garbage.length > 0 && random.nextInt(4) > 0) {
        garbage[0] = new byte[] {0, 1, 20, 21, 22, 23, 64, (byte) 128, (byte) 144}[i % 9];
      } else if (i % 5 == 0) {
        garbage = media.clone();
        garbage[random.nextInt(garbage.length)] ^= 1;
      }
      (i % 2 == 0 ? client : stranger).send(garbage);
    }
    // so much at once may not find room in the socket: what follows is sent until it gets through
    byte[] heard = null;
    for (int sequence = 2; heard == null; sequence++) {
      client.send(client.sealRtp(sequence, 100));
      heard = endpoint.rtp.poll(50, MILLISECONDS);
    }
    assertThat(heard).isEqualTo(TestClient.rtp(heard[3], 100));
    assertThat(endpoint.failed).isNotDone();
    assertThat(endpoint.dropped(Drop.FAILURE)).isZero();
  }

  @Test
  void aBadClientHelloTearsNothingDown() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "active");
    client.ice();
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      byte[] hello = new byte[60];
      random.nextBytes(hello);
      hello[0] = 22;
      hello[1] = (byte) 254;
      hello[2] = (byte) 253;
      hello[13] = (byte) (i % 2);
      client.send(hello);
    }
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.connected.get(30, SECONDS);
    assertThat(endpoint.failed).isNotDone();
  }

  @Test
  void aMalformedClientHelloOfAnotherTearsNothingDown() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "active");
    client.ice();
    byte[] hello = new byte[13 + 12 + 50];
    new Random(6).nextBytes(hello);
    byte[] headers = {
      22, -2, -3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 62, 1, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 50, -2, -3
    };
    System.arraycopy(headers, 0, hello, 0, headers.length);
    for (int i = 1; i <= 3; i++) {
      client.send(hello);
      int failed = i;
      Await.until(() -> endpoint.dropped(Drop.DTLS) >= failed);
    }
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.connected.get(30, SECONDS);
    assertThat(endpoint.failed).isNotDone();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void rolesThatConflictAreSettled(long tieBreaker) throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "active");
    client.tieBreaker = tieBreaker;
    client.controlling = true;
    client.check();
    if (tieBreaker == 0) {
      // Ours is the larger one.
      assertThat(client.errors.poll(30, SECONDS)).isEqualTo(487);
      client.controlling = false;
      client.ice();
    } else {
      client.checksAnswered.get(30, SECONDS);
      client.check();
      Await.until(() -> (boolean) endpoint.ask(Transport::debugState).get("selected"));
      assertThat(endpoint.ask(Transport::debugState)).containsEntry("ice-controlling", false);
    }
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.connected.get(30, SECONDS);
  }

  @Test
  void aLostLastFlightIsSentAgain() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "active");
    AtomicBoolean lost = new AtomicBoolean();
    // The Finished message is the first thing of epoch 1.
    client.losesIncoming =
        packet -> packet[0] == 22 && packet[4] == 1 && lost.compareAndSet(false, true);
    client.ice();
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    assertThat(lost).isTrue();
    client.send(client.sealRtp(1, 100));
    assertThat(endpoint.rtp.poll(30, SECONDS)).isEqualTo(TestClient.rtp(1, 100));
  }

  @Test
  void aClientThatSaysGoodbyeIsGone() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = connect(endpoint, LOOPBACK, SrtpProfile.AEAD_AES_128_GCM);
    client.dtls.close();
    assertThat(endpoint.failed.get(30, SECONDS)).contains("closed");
  }

  @Test
  void aClientThatStopsAnsweringLosesConsent() throws Exception {
    IceTiming hasty =
        new IceTiming(
            Duration.ofSeconds(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(4),
            Duration.ofMillis(300),
            Duration.ofMillis(200));
    TestEndpoint endpoint = new TestEndpoint(open(hasty), 0);
    TestClient client = connect(endpoint, LOOPBACK, SrtpProfile.AEAD_AES_128_GCM);
    client.answersChecks = false;
    assertThat(endpoint.failed.get(40, SECONDS)).contains("not answered");
    endpoint.ask(
        transport -> {
          transport.sendRtp(TestClient.rtp(9, 100), 0, 112);
          return true;
        });
    assertThat(endpoint.dropped(Drop.NOT_CONNECTED)).isEqualTo(1);
  }

  @Test
  void aClientThatNeverComesFails() throws Exception {
    IceTiming hasty =
        new IceTiming(
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1));
    TestEndpoint endpoint = new TestEndpoint(open(hasty), 0);
    endpoint.remote(client(LOOPBACK).description("active"));
    assertThat(endpoint.failed.get(30, SECONDS)).contains("no connectivity check");
  }

  @Test
  void aClientIsFollowedToItsNewAddress() throws Exception {
    IceTiming hasty =
        new IceTiming(
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            Duration.ofMillis(100));
    TestEndpoint endpoint = new TestEndpoint(open(hasty), 0);
    TestClient client = connect(endpoint, LOOPBACK, SrtpProfile.AEAD_AES_128_GCM);
    client.bind(LOOPBACK);
    byte[] echo = null;
    for (int sequence = 1; echo == null; sequence++) {
      client.check();
      client.send(client.sealRtp(sequence, 100));
      echo = client.mediaIn.poll(50, MILLISECONDS);
    }
    assertThat(client.lastFrom).isEqualTo(client.serverAddress());
    assertThat(endpoint.failed).isNotDone();
  }

  @Test
  void signalledCandidatesAreCheckedToo() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = client(LOOPBACK).towards(endpoint.local(), LOOPBACK);
    var description = client.description("active");
    Candidate own = new Candidate("1", 1, "udp", 1, LOOPBACK, client.port(), "host", "", 0);
    endpoint.remote(
        new org.meetjar.colibri.TransportDescription(
            description.ufrag(),
            description.password(),
            description.fingerprints(),
            List.of(own),
            ""));
    // Without a check of its own.
    client.nominated.get(30, SECONDS);
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.connected.get(30, SECONDS);
  }

  @Test
  void theAnswerLeavesFromTheAddressThatWasAsked() throws Exception {
    String outer =
        Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each instanceof java.net.Inet4Address && !each.isLoopbackAddress())
            .map(each -> each.getHostAddress())
            .findFirst()
            .orElse(LOOPBACK);
    UdpTransports transports = open(1);
    TestEndpoint endpoint = new TestEndpoint(transports, 0);
    if (endpoint.local().candidates().stream().noneMatch(each -> each.address().equals(outer))) {
      return;
    }
    TestClient client = connect(endpoint, outer, SrtpProfile.AEAD_AES_128_GCM);
    client.send(client.sealRtp(1, 100));
    assertThat(client.mediaIn.poll(30, SECONDS)).isNotNull();
    assertThat(client.lastFrom).isEqualTo(client.serverAddress());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fiftyAtOnceConnectOnAnyNumberOfLoops(int loops) throws Exception {
    UdpTransports transports = open(loops);
    var pool = Executors.newFixedThreadPool(50);
    toClose.add(pool::shutdownNow);
    List<CompletableFuture<TestEndpoint>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      TestEndpoint endpoint = new TestEndpoint(transports, i % loops);
      all.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  TestClient client = connect(endpoint, LOOPBACK, SrtpProfile.AEAD_AES_128_GCM);
                  for (int sequence = 1; sequence <= 10; sequence++) {
                    client.send(client.sealRtp(sequence, 100));
                    assertThat(client.mediaIn.poll(40, SECONDS)).isNotNull();
                  }
                  return endpoint;
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              pool));
    }
    for (CompletableFuture<TestEndpoint> each : all) {
      each.get(100, SECONDS);
    }
    assertThat(transports.size()).isEqualTo(50);
    long handedOff = transports.counters().stream().mapToLong(LoopCounters::handedOff).sum();
    if (loops == 1) {
      assertThat(handedOff).isZero();
    } else {
      // The system spreads flows over the sockets by their hash: about half land elsewhere.
      assertThat(handedOff).isPositive();
    }
    for (CompletableFuture<TestEndpoint> each : all) {
      each.join().close();
    }
    assertThat(transports.size()).isZero();
    for (UdpMediaLoop loop : transports.loops()) {
      Await.until(() -> CompletableFuture.supplyAsync(() -> loop.peers().size(), loop).join() == 0);
    }
  }

  /** Handshakes may take long on a busy machine. */
  private static TransportSettings patient(int loops) {
    TransportSettings any = TransportSettings.onAnyPort(loops);
    return new TransportSettings(
        any.mediaPort(),
        any.loops(),
        any.offerLoopback(),
        any.handshakes(),
        Duration.ofSeconds(40),
        any.iceTimeout(),
        any.socketBufferBytes(),
        any.io(),
        any.crypto(),
        any.gather());
  }

  private UdpTransports open(int loops) throws IOException {
    UdpTransports transports = UdpTransports.open(patient(loops));
    transports.start();
    toClose.add(0, transports);
    return transports;
  }

  private UdpTransports open(IceTiming timing) throws IOException {
    UdpTransports transports = UdpTransports.open(patient(1), timing);
    transports.start();
    toClose.add(0, transports);
    return transports;
  }

  private synchronized TestClient client(String address) throws IOException {
    TestClient client = new TestClient(address);
    toClose.add(client);
    return client;
  }

  private TestClient ready(TestEndpoint endpoint, String address, String setup) throws IOException {
    TestClient client = client(address).towards(endpoint.local(), address);
    endpoint.remote(client.description(setup));
    return client;
  }

  private TestClient connect(TestEndpoint endpoint, String address, SrtpProfile... profiles)
      throws Exception {
    TestClient client = ready(endpoint, address, "active");
    client.ice();
    client.handshake(profiles);
    endpoint.connected.get(40, SECONDS);
    return client;
  }

  private static CompletableFuture<Void> handshakeLater(TestClient client) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            client.handshake(SrtpProfile.AEAD_AES_128_GCM);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "test-handshake");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
