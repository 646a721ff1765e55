package org.meetjar.transport;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.meetjar.config.TransportSettings;
import org.meetjar.srtp.SrtpProfile;

/** Transports over real sockets, and clients for them that are closed with them. */
@Timeout(120)
abstract class TransportHarness {
  static final String LOOPBACK = "127.0.0.1";

  final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }

  /** Handshakes may take long on a busy machine. */
  static TransportSettings patient(int loops) {
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

  UdpTransports open(int loops) throws IOException {
    UdpTransports transports = UdpTransports.open(patient(loops));
    transports.start();
    toClose.add(0, transports);
    return transports;
  }

  UdpTransports open(IceTiming timing) throws IOException {
    UdpTransports transports = UdpTransports.open(patient(1), timing);
    transports.start();
    toClose.add(0, transports);
    return transports;
  }

  synchronized TestClient client(String address) throws IOException {
    TestClient client = new TestClient(address);
    toClose.add(client);
    return client;
  }

  TestClient ready(TestEndpoint endpoint, String address, String setup) throws IOException {
    TestClient client = client(address).towards(endpoint.local(), address);
    endpoint.remote(client.description(setup));
    return client;
  }

  TestClient connect(TestEndpoint endpoint, String address, SrtpProfile... profiles)
      throws Exception {
    TestClient client = ready(endpoint, address, "active");
    client.ice();
    client.handshake(profiles);
    endpoint.connected.get(40, SECONDS);
    return client;
  }

  static void shakeHands(TestClient client, TestEndpoint endpoint) throws Exception {
    client.handshake(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.connected.get(40, SECONDS);
  }

  static CompletableFuture<Void> handshakeLater(TestClient client) {
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
