package org.meetjar.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.Await;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.srtp.SrtpProfile;

/** Checks, roles, consent and addresses that change, over real sockets. */
class IceTest extends TransportHarness {
  @Test
  void theClientsSideMayBeSignalledAfterItsFirstChecks() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(open(1), 0);
    TestClient client = client(LOOPBACK).towards(endpoint.local(), LOOPBACK);
    client.check();
    Await.until(() -> endpoint.ask(Transport::lastActivityNanos) != 0);
    endpoint.remote(client.description("active"));
    client.nominated.get(30, SECONDS);
    shakeHands(client, endpoint);
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
    shakeHands(client, endpoint);
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
    shakeHands(client, endpoint);
  }
}
