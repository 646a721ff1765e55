package org.meetjar.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.Await;
import org.meetjar.srtp.SrtpProfile;

/** Media both ways, once there is a connection, over real sockets. */
class TransportTest extends TransportHarness {
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
    assertThat(endpoint.ask(Transport::roundTripMs)).isNotNegative();
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
}
