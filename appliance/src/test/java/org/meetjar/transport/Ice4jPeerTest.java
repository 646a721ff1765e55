package org.meetjar.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.ice.harvest.SinglePortUdpHarvester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meetjar.Await;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.config.TransportSettings;

/** Our ICE agent and ice4j's, which is the one of stock bridges, over real sockets. */
@Timeout(120)
class Ice4jPeerTest {
  private static final String LOOPBACK = "127.0.0.1";

  private UdpTransports transports;
  private SinglePortUdpHarvester harvester;
  private Agent agent;

  @BeforeEach
  void open() throws IOException {
    transports = UdpTransports.open(TransportSettings.onAnyPort(1));
    transports.start();
    harvester = new SinglePortUdpHarvester(address(0));
    agent = new Agent();
  }

  @AfterEach
  void close() {
    agent.free();
    harvester.close();
    transports.close();
  }

  @Test
  void oursLeadsAndBothSettleOnTheSamePair() throws Exception {
    TestEndpoint endpoint = new TestEndpoint(transports, 0);
    TransportDescription ours = endpoint.local();
    agent.setUseDynamicPorts(false);
    agent.setControlling(false);
    agent.addCandidateHarvester(harvester);
    IceMediaStream stream = agent.createMediaStream("media");
    Component component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, true);
    stream.setRemoteUfrag(ours.ufrag());
    stream.setRemotePassword(ours.password());
    TransportAddress bridge = address(transports.port());
    component.addRemoteCandidate(
        new RemoteCandidate(bridge, component, CandidateType.HOST_CANDIDATE, "1", 1, null));
    CountDownLatch completed = new CountDownLatch(1);
    agent.addStateChangeListener(
        change -> {
          if (change.getNewValue() == IceProcessingState.COMPLETED) {
            completed.countDown();
          }
        });

    endpoint.remote(description(component.getLocalCandidates().get(0)));
    agent.startConnectivityEstablishment();

    assertThat(completed.await(30, SECONDS)).isTrue();
    assertThat(component.getSelectedPair().getRemoteCandidate().getTransportAddress())
        .isEqualTo(bridge);
    assertThat(endpoint.ask(Transport::lastActivityNanos)).isNotZero();
    // its answers to our own checks may still be on their way
    Await.until(() -> endpoint.ask(Transport::roundTripMs) >= 0);
  }

  private TransportDescription description(LocalCandidate candidate) {
    return new TransportDescription(
        agent.getLocalUfrag(),
        agent.getLocalPassword(),
        List.of(),
        List.of(
            new TransportDescription.Candidate(
                candidate.getFoundation(),
                1,
                "udp",
                candidate.getPriority(),
                LOOPBACK,
                candidate.getTransportAddress().getPort(),
                "host",
                "",
                0)),
        "");
  }

  private static TransportAddress address(int port) {
    return new TransportAddress(LOOPBACK, port, org.ice4j.Transport.UDP);
  }
}
