package org.meetjar.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.meetjar.Await;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.srtp.SrtpProfile;

/** From the first DTLS record to the keys, over real sockets. */
class HandshakeTest extends TransportHarness {
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
    shakeHands(client, endpoint);
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
    shakeHands(client, endpoint);
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
    shakeHands(client, endpoint);
    assertThat(endpoint.failed).isNotDone();
  }

  @Test
  void aLostLastFlightIsSentAgain() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = ready(endpoint, LOOPBACK, "active");
    AtomicBoolean lost = new AtomicBoolean();
    // It begins with ChangeCipherSpec.
    client.losesIncoming = packet -> packet[0] == 20 && lost.compareAndSet(false, true);
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
}
