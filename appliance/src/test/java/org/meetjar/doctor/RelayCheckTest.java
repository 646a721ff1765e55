package org.meetjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.doctor.Level.FAILURE;
import static org.meetjar.doctor.Level.NOTE;
import static org.meetjar.doctor.Level.OK;
import static org.meetjar.doctor.Level.WARNING;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meetjar.FreePort;
import org.meetjar.config.TurnSettings;
import org.meetjar.turn.Credentials;
import org.meetjar.turn.PeerPolicy;
import org.meetjar.turn.TurnServer;

class RelayCheckTest {
  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final Credentials credentials = new Credentials(new byte[] {9}, Clock.systemUTC());
  private TurnServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new TurnServer(
            new TurnSettings(true, 0, 0, 0, 9, 9, 9, 8_000_000, 80_000_000, Duration.ofMinutes(5)),
            "meet.example.org",
            List.of(loopback),
            List.of(new TurnServer.Relayed(loopback, InetAddress.getByName("198.51.100.7"))),
            Set.of(),
            credentials,
            new PeerPolicy() {
              @Override
              public boolean permits(String session, InetSocketAddress peer) {
                return false;
              }

              @Override
              public boolean alive(String session) {
                return session.equals("trial");
              }
            });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void worksOverUdpAndTcp() {
    List<Finding> findings = check(server.port(), 0, login("trial")).run();
    assertThat(findings).extracting(Finding::level).containsExactly(OK, OK);
    assertThat(findings.get(0).text()).contains("over UDP").contains("by 198.51.100.7");
    assertThat(findings.get(1).text()).contains("over TCP");
  }

  @Test
  void refusesOthersAndSaysSo() {
    List<Finding> findings = check(server.port(), 0, login("nobody")).run();
    assertThat(findings).extracting(Finding::level).containsExactly(FAILURE, FAILURE);
    assertThat(findings.get(0).text()).contains("refused (401)");
  }

  @Test
  void aPortWhereNobodyAnswersIsTold() {
    int free = FreePort.any();
    List<Finding> findings = check(free, free, login("trial")).run();
    assertThat(findings).extracting(Finding::level).containsExactly(FAILURE, FAILURE, FAILURE);
  }

  @Test
  void behindNatAFailureMayBeTheRoutersWay() {
    int free = FreePort.any();
    RelayCheck mapped =
        new RelayCheck(
            true,
            "meet.example.org",
            List.of(loopback),
            Set.of(),
            free,
            0,
            () -> Optional.of(login("trial")));
    List<Finding> findings = mapped.run();
    assertThat(findings).extracting(Finding::level).containsOnly(WARNING);
    assertThat(findings.get(0).remedy()).contains("from outside");
  }

  @Test
  void canBeTriedOnlyWhileItRuns() {
    RelayCheck check =
        new RelayCheck(
            true,
            "meet.example.org",
            List.of(loopback),
            Set.of(loopback),
            3478,
            443,
            Optional::empty);
    assertThat(check.run()).extracting(Finding::level).containsExactly(NOTE);
  }

  private RelayCheck check(int relay, int encrypted, RunningAppliance.RelayLogin login) {
    return new RelayCheck(
        true,
        "meet.example.org",
        List.of(loopback),
        Set.of(loopback),
        relay,
        encrypted,
        () -> Optional.of(login));
  }

  private RunningAppliance.RelayLogin login(String session) {
    Credentials.Credential issued = credentials.issue(session, Duration.ofMinutes(1));
    return new RunningAppliance.RelayLogin(issued.userName(), issued.password());
  }
}
