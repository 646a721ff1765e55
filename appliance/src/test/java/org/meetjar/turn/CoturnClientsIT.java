package org.meetjar.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.DebianTool;
import org.meetjar.FreePort;
import org.meetjar.config.TurnSettings;

/** Coturn's own clients against our relay. */
class CoturnClientsIT {
  private static TurnServer server;
  private static Process peer;
  private static int peerPort;
  private static Credentials.Credential credential;
  private static Path client;

  @BeforeAll
  static void start() throws Exception {
    client = DebianTool.require("turnutils_uclient", "coturn");
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    // it listens on the next one, too
    peerPort = FreePort.inARow(2);
    peer =
        new ProcessBuilder(
                DebianTool.require("turnutils_peer", "coturn").toString(),
                "-L",
                "127.0.0.1",
                "-p",
                Integer.toString(peerPort))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Credentials credentials = new Credentials(new byte[] {1, 2, 3}, Clock.systemUTC());
    credential = credentials.issue("session", Duration.ofMinutes(10));
    server =
        new TurnServer(
            new TurnSettings(
                true, 0, 0, 0, 100, 50, 50, 100_000_000, 1_000_000_000, Duration.ofMinutes(5)),
            "meet.example.org",
            List.of(loopback),
            List.of(new TurnServer.Relayed(loopback, loopback)),
            Set.of(peerPort, peerPort + 1),
            credentials,
            new Announced(),
            // The client asks for permissions near its peer, which is on loopback here.
            address -> false);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    peer.destroy();
  }

  /** What the meeting of the only session has announced: everything on loopback. */
  private static final class Announced implements PeerPolicy {
    @Override
    public boolean permits(String session, InetSocketAddress address) {
      return Set.of(127, 128).contains(address.getAddress().getAddress()[0] & 0xFF);
    }

    @Override
    public boolean alive(String session) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-s", "-t", "-t -s", "-m 5", "-t -m 5", "-G", "-X", "-g", "-l 1200"})
  void echoesThroughTheRelayWithoutLoss(String flags) throws Exception {
    assertThat(run(flags + " -c -e 127.0.0.1 -r " + peerPort, credential))
        .contains("Total lost packets 0 (0.000000%)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-y", "-y -t", "-y -s"})
  void relaysBetweenTwoClients(String flags) throws Exception {
    assertThat(run(flags + " -c", credential)).contains("Total lost packets 0 (0.000000%)");
  }

  @Test
  void refusesAWrongPassword() throws Exception {
    Credentials.Credential wrong = new Credentials.Credential(credential.userName(), "guess");
    assertThat(run("-c -e 127.0.0.1 -r " + peerPort, wrong))
        .contains("Cannot complete Allocation")
        .doesNotContain("Total lost packets 0 ");
  }

  @Test
  void refusesAPeerThatNobodyAnnounced() throws Exception {
    assertThat(run("-c -e 192.0.2.1 -r 4000", credential)).contains("error 403");
  }

  @Test
  void tellsAClientItsAddress() throws Exception {
    Process process =
        new ProcessBuilder(
                DebianTool.require("turnutils_stunclient", "coturn").toString(),
                "-p",
                Integer.toString(server.port()),
                "127.0.0.1")
            .redirectErrorStream(true)
            .start();
    assertThat(output(process)).contains("UDP reflexive addr: 127.0.0.1:");
  }

  private static String run(String flags, Credentials.Credential as) throws Exception {
    List<String> command = new ArrayList<>(List.of(client.toString(), "-v"));
    command.addAll(List.of(flags.trim().split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(
        List.of(
            "-u",
            as.userName(),
            "-w",
            as.password(),
            "-p",
            Integer.toString(server.port()),
            "127.0.0.1"));
    return output(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private static String output(Process process) throws Exception {
    // The client repeats refused requests for long: half a minute is more than a good run takes.
    String[] text = {""};
    Thread reader =
        new Thread(
            () -> {
              try {
                text[0] =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
              } catch (java.io.IOException e) {
                text[0] = e.toString();
              }
            });
    reader.start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    reader.join();
    return text[0];
  }
}
