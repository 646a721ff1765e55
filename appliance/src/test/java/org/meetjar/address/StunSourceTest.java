package org.meetjar.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.Await;
import org.meetjar.DebianTool;
import org.meetjar.FreePort;
import org.meetjar.config.HostPort;

class StunSourceTest {
  @Test
  void theServerTellsWhereOurPacketsComeFrom() throws Exception {
    try (FakeStunServer server = new FakeStunServer("93.184.216.34")) {
      assertThat(new StunSource(server.address()).ask())
          .containsExactly(InetAddress.getByName("93.184.216.34"));
    }
  }

  @Test
  void aLostRequestIsSentAgain() throws Exception {
    try (FakeStunServer server = new FakeStunServer("93.184.216.34")) {
      server.lose(1);
      assertThat(new StunSource(server.address()).ask())
          .containsExactly(InetAddress.getByName("93.184.216.34"));
    }
  }

  @Test
  void aServerThatIsNotThereTellsNothing() throws Exception {
    int port = FreePort.any();
    assertThat(new StunSource(new HostPort("127.0.0.1", port)).ask()).isEmpty();
    assertThat(new StunSource(new HostPort("nowhere.invalid", 3478)).ask()).isEmpty();
  }

  @Test
  void coturnTellsIt() throws Exception {
    int port = FreePort.any();
    Process coturn =
        new ProcessBuilder(
                DebianTool.require("turnserver", "coturn").toString(),
                "-n",
                "--stun-only",
                "--listening-ip=127.0.0.1",
                "--listening-port=" + port,
                "--no-tls",
                "--no-dtls",
                "--no-cli",
                "--log-file=stdout",
                "--pidfile=/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      StunSource source = new StunSource(new HostPort("127.0.0.1", port));
      List<InetAddress> expected = List.of(InetAddress.getByName("127.0.0.1"));
      Await.until(() -> source.ask().equals(expected));
    } finally {
      coturn.destroyForcibly().waitFor();
    }
  }
}
