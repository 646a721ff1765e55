package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.turn.TurnProbe;

/** The relay of the packaged appliance, with the credentials that it hands out in a meeting. */
class RelayIT {
  private static final String ALLOWED = "1.1.1.1";

  @TempDir Path folder;
  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private int mediaPort;
  private PackagedJar jar;
  private Participant ada;
  private String services;

  @BeforeEach
  void start() throws Exception {
    mediaPort = FreePort.any();
    jar =
        PackagedJar.serve(
            folder.resolve("data"),
            "--media-port",
            String.valueOf(mediaPort),
            "--set",
            "turn.port=0");
    ada = Participant.join(jar.httpPort(), "adaadaad");
    services = ada.services();
  }

  @AfterEach
  void stop() throws Exception {
    jar.close();
  }

  @Test
  void everyWayInIsTold() {
    assertThat(service("turn", "udp", "port")).isEqualTo(service("turn", "tcp", "port"));
    String encrypted = jar.https().substring(jar.https().lastIndexOf(':') + 1);
    assertThat(service("turns", "tcp", "port")).isEqualTo(encrypted);
    assertThat(service("turns", "tcp", "host")).isEqualTo("localhost");
    assertThat(service("turns", "tcp", "username")).doesNotContain("@");
  }

  @Test
  void coturnsClientRelaysOverEveryWay() throws Exception {
    String port = service("turn", "udp", "port");
    assertThat(coturn(port)).contains("Total lost packets 0 (0.000000%)");
    assertThat(coturn(port, "-t")).contains("Total lost packets 0 (0.000000%)");
    String encrypted = service("turns", "tcp", "port");
    assertThat(coturn(encrypted, "-t", "-S")).contains("Total lost packets 0 (0.000000%)");
    assertThat(coturn(encrypted, "-t")).contains("Total lost packets 0 (0.000000%)");
  }

  @Test
  void itLeadsToTheBridgeAndToNoOtherPortOfOurs() throws Exception {
    try (TurnProbe probe = probe()) {
      assertThat(probe.allocate()).isZero();
      InetAddress own = InetAddress.getByName("127.0.0.1");
      assertThat(probe.bind(0x4000, new InetSocketAddress(own, mediaPort))).isZero();
      assertThat(probe.bind(0x4001, new InetSocketAddress(own, jar.httpPort()))).isEqualTo(403);
    }
  }

  @Test
  void itLeadsOnlyToWhatSomebodyInTheMeetingAnnouncedToUs() throws Exception {
    Participant bob = Participant.join(jar.httpPort(), "bobbobbo");
    try (TurnProbe probe = probe()) {
      assertThat(probe.allocate()).isZero();
      assertThat(permit(probe, ALLOWED)).isEqualTo(403);
      bob.announce(ada, ALLOWED, "10.1.2.3", "169.254.169.254", "a4f3c7d4.local");
      assertThat(eventually(() -> permit(probe, ALLOWED), 0)).isZero();
      assertThat(permit(probe, "8.8.8.8")).isEqualTo(403);
      assertThat(permit(probe, "10.1.2.3")).isEqualTo(403);
      assertThat(permit(probe, "169.254.169.254")).isEqualTo(403);

      // what one announces opens nothing to oneself
      ada.announce(bob, "8.8.8.8");
      assertThat(permit(probe, "8.8.8.8")).isEqualTo(403);

      bob.leaveRoom();
      // the room's answer may come before the relay has heard of it
      assertThat(eventually(() -> permit(probe, ALLOWED), 403)).isEqualTo(403);
    }
  }

  @Test
  void itIsClosedToThoseWhoHaveLeft() throws Exception {
    try (TurnProbe probe = probe()) {
      assertThat(probe.allocate()).isZero();
    }
    ada.end();
    assertThat(
            eventually(
                () -> {
                  try (TurnProbe late = probe()) {
                    return late.allocate();
                  }
                },
                401))
        .isEqualTo(401);
  }

  /** Asks until that is the answer, or for half a minute, and gives the last one. */
  private static int eventually(Callable<Integer> question, int wanted) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    int answer = question.call();
    while (answer != wanted && System.nanoTime() < until) {
      answer = question.call();
    }
    return answer;
  }

  private static int permit(TurnProbe probe, String address) throws Exception {
    return probe.permit(InetAddress.getByName(address));
  }

  private TurnProbe probe() throws Exception {
    return new TurnProbe(
        Integer.parseInt(service("turn", "udp", "port")),
        service("turn", "udp", "username"),
        service("turn", "udp", "password"));
  }

  /** An attribute of the service of this type and transport. */
  private String service(String type, String transport, String attribute) {
    Matcher each = Pattern.compile("<service [^>]*>").matcher(services);
    while (each.find()) {
      if (value(each.group(), "type").equals(type)
          && value(each.group(), "transport").equals(transport)) {
        return value(each.group(), attribute);
      }
    }
    throw new AssertionError("no " + type + " over " + transport + " in " + services);
  }

  private static String value(String element, String attribute) {
    Matcher matcher =
        Pattern.compile(" " + attribute + "=(?:\"([^\"]*)\"|'([^']*)')").matcher(element);
    if (!matcher.find()) {
      return "";
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  /** Two clients that send each other packets by their relayed addresses. */
  private String coturn(String port, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(DebianTool.require("turnutils_uclient", "coturn").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-v", "-y", "-c", "-p", port));
    command.addAll(List.of("-u", service("turn", "udp", "username")));
    command.addAll(List.of("-w", service("turn", "udp", "password")));
    command.add(loopback.getHostAddress());
    Path output = folder.resolve("coturn.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }
}
