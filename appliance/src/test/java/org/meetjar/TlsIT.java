package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.tls.TestAuthority;

/** The encrypted port of the packaged jar, judged by testssl.sh. */
class TlsIT {
  private static final Set<String> FINE = Set.of("OK", "INFO", "DEBUG");

  /**
   * What testssl.sh can't tell on a busy machine, and what is tried here in its place. Its client
   * hangs up as soon as the handshake is done, and has nothing to resume with when the ticket comes
   * a moment later; and it takes a connection that ends a moment later than it expects for one on
   * which a second handshake was allowed.
   */
  private static final Set<String> TRIED_HERE =
      Set.of("sessionresumption_ticket", "secure_client_renego");

  @TempDir Path folder;

  @Test
  void testsslFindsNothing() throws Exception {
    Path program = DebianTool.require("testssl", "testssl.sh");
    TestAuthority authority = new TestAuthority(folder.resolve("authority"));
    Path certificate = authority.issue("meet.example.org");
    int port = FreePort.any();
    try (PackagedJar jar = serve(authority, certificate, port)) {
      Map<String, String> found = judge(program, authority.certificate(), port, jar.pid());

      assertThat(found.get("worse")).as("findings").isNull();
      assertThat(found)
          .containsEntry("TLS1_3", "offered with final")
          .containsEntry("TLS1_2", "offered")
          .containsEntry("TLS1_1", "not offered")
          .containsEntry("TLS1", "not offered")
          .containsEntry("ALPN_HTTP2", "h2")
          .containsEntry("cert_chain_of_trust", "passed.")
          .containsKey("HSTS_time");
      // the versions that give marks give the best
      assertThat(found.getOrDefault("overall_grade", "A+")).startsWith("A");
    }
  }

  @Test
  void handshakesAreShortTheSecondTimeAndNotRepeatedWithinAConnection() throws Exception {
    TestAuthority authority = new TestAuthority(folder.resolve("authority"));
    Path certificate = authority.issue("meet.example.org");
    try (PackagedJar jar = serve(authority, certificate, 0)) {
      SSLSocketFactory sockets = authority.trustingContext().getSocketFactory();
      int port = URI.create(jar.http()).getPort();

      assertThat(sessionId(sockets, port)).isEqualTo(sessionId(sockets, port));
      try (SSLSocket socket = connect(sockets, port)) {
        socket.startHandshake();
        assertThatThrownBy(
                () -> {
                  socket.startHandshake();
                  socket.getInputStream().read();
                })
            .isInstanceOf(SSLException.class);
      }
    }
  }

  private PackagedJar serve(TestAuthority authority, Path certificate, int port) throws Exception {
    return PackagedJar.serveAt(
        1,
        folder.resolve("data"),
        "--domain=meet.example.org",
        "--bind-address=127.0.0.1",
        "--https-port",
        String.valueOf(port),
        "--set=turn.port=0",
        "--set=tls.certificate=" + certificate,
        "--set=tls.key=" + authority.keyOf("meet.example.org"));
  }

  private static byte[] sessionId(SSLSocketFactory sockets, int port) throws Exception {
    try (SSLSocket socket = connect(sockets, port)) {
      socket.startHandshake();
      return socket.getSession().getId();
    }
  }

  private static SSLSocket connect(SSLSocketFactory sockets, int port) throws Exception {
    SSLSocket socket = (SSLSocket) sockets.createSocket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    return socket;
  }

  /** All findings, and those that are bad as one. */
  private Map<String, String> judge(Path program, Path authority, int port, long server)
      throws Exception {
    assertThat(server).isPositive();
    Path result = folder.resolve("testssl.json");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--warnings", "batch", "--color", "0", "--quiet", "--nodns", "none"));
    command.addAll(List.of("--ip", "127.0.0.1", "--add-ca", authority.toString()));
    command.addAll(List.of("--jsonfile", result.toString(), "meet.example.org:" + port));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("testssl.log").toFile())
            .start();
    if (!process.waitFor(9, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("testssl.sh doesn't end");
    }
    Map<String, String> found = new HashMap<>();
    for (JsonNode finding : new ObjectMapper().readTree(result.toFile())) {
      String id = finding.get("id").asText();
      String text = finding.get("finding").asText();
      found.put(id, text);
      if (!TRIED_HERE.contains(id) && !FINE.contains(finding.get("severity").asText())) {
        found.merge("worse", id + ": " + text, (one, other) -> one + "; " + other);
      }
    }
    return found;
  }
}
