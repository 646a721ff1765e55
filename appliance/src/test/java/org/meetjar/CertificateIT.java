package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.tls.Pebble;

/** A server for a public domain, as somebody starts it who has one. */
class CertificateIT {
  private static final long PATIENCE_MS = 60_000;

  @TempDir Path folder;

  @Test
  void aPublicDomainGetsACertificateByItself() throws Exception {
    assertThat(
            issued(
                "--domain=meet.example.org",
                "--domain=talk.example.org",
                "--set=acme.email=a@example.org"))
        .containsExactlyInAnyOrder("meet.example.org", "talk.example.org");
  }

  @Test
  void aServerWithoutANameGetsACertificateForItsAddress() throws Exception {
    assertThat(issued("--domain=127.0.0.1", "--tls=acme")).containsExactly("127.0.0.1");
  }

  @Test
  void aKilledServerGoesOnWithItsOrderAndRenewsWithoutDroppingAConnection() throws Exception {
    int https = FreePort.any();
    Map<String, String> slow =
        Map.of(
            "PEBBLE_VA_SLEEPTIME", "3", "PEBBLE_WFE_NONCEREJECT", "30", "PEBBLE_AUTHZREUSE", "50");
    try (Pebble pebble =
        Pebble.start(
            folder.resolve("pebble"),
            FreePort.any(),
            https,
            "\"certificateValidityPeriod\": 24,",
            slow)) {
      String order;
      try (PackagedJar jar = serve(pebble, https, 1, "--domain=meet.example.org")) {
        order = awaitOrder();
        jar.kill();
      }
      try (PackagedJar jar = serve(pebble, https, 1, "--domain=meet.example.org")) {
        X509Certificate first = awaitOtherThan(https, null);
        assertThat(pebble.log()).as("the order that had been begun").contains(order);
        try (SSLSocket open = connect(https)) {
          assertThat(healthy(open)).isTrue();
          awaitOtherThan(https, first);

          assertThat(healthy(open)).isTrue();
        }
        assertThat(jar.pid()).isPositive();
      }
    }
  }

  @Test
  void withoutAnAuthorityThePageIsServedAllTheSame() throws Exception {
    int https = FreePort.any();
    try (PackagedJar jar =
        PackagedJar.serveAt(
            1,
            folder.resolve("data"),
            "--domain=meet.example.org",
            "--bind-address=127.0.0.1",
            "--https-port",
            String.valueOf(https),
            "--set=turn.port=0",
            "--set=acme.directory=https://localhost:" + FreePort.any() + "/dir")) {
      Await.until(() -> state().contains("not-before"));
      assertThat(state()).contains("cannot be reached");
      try (SSLSocket open = connect(https)) {
        assertThat(healthy(open)).isTrue();
      }
      assertThat(jar.pid()).isPositive();
    }
  }

  /** Starts a server whose encrypted port alone can be reached; gives the certificate's names. */
  private List<String> issued(String... arguments) throws Exception {
    int https = FreePort.any();
    try (Pebble pebble =
            Pebble.start(
                folder.resolve("pebble"),
                FreePort.any(),
                https,
                "",
                Map.of("PEBBLE_VA_NOSLEEP", "1"));
        PackagedJar jar =
            serve(pebble, https, arguments[0].contains("127.0.0.1") ? 2 : 1, arguments)) {
      X509Certificate shown = awaitOtherThan(https, null);
      assertThat(shown.getIssuerX500Principal().getName()).contains("Pebble");
      assertThat(jar.pid()).isPositive();
      return shown.getSubjectAlternativeNames().stream().map(name -> (String) name.get(1)).toList();
    }
  }

  private PackagedJar serve(Pebble pebble, int https, int addresses, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--https-port",
            String.valueOf(https),
            "--set=turn.port=0",
            "--set=acme.directory=" + pebble.directory(),
            "--set=acme.directory-ca=" + pebble.authority()));
    return PackagedJar.serveAt(addresses, folder.resolve("data"), all.toArray(String[]::new));
  }

  /** Waits for another certificate than this one, or for the first that an authority gave. */
  private static X509Certificate awaitOtherThan(int port, X509Certificate before) throws Exception {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    while (System.currentTimeMillis() < end) {
      X509Certificate shown = shown(port);
      boolean ours = shown.getIssuerX500Principal().equals(shown.getSubjectX500Principal());
      if (!ours && !shown.equals(before)) {
        return shown;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no new certificate");
  }

  /** The last part of the address of the order that the server has begun. */
  private String awaitOrder() throws Exception {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    Pattern order = Pattern.compile("\"order\" : \".*/([^/\"]+)\"");
    while (System.currentTimeMillis() < end) {
      Matcher found = order.matcher(state());
      if (found.find()) {
        return found.group(1);
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no order");
  }

  /** What the server remembers of its authority, or the empty text. */
  private String state() throws Exception {
    Path authorities = folder.resolve("data/tls/acme");
    if (!Files.exists(authorities)) {
      return "";
    }
    try (Stream<Path> all = Files.walk(authorities)) {
      Optional<Path> file = all.filter(path -> path.endsWith("state.json")).findFirst();
      return file.isPresent() ? Files.readString(file.get()) : "";
    }
  }

  private static boolean healthy(SSLSocket socket) throws Exception {
    socket
        .getOutputStream()
        .write(
            "GET /health HTTP/1.1\r\nHost: meet.example.org\r\n\r\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    byte[] answer = new byte[4096];
    int read = socket.getInputStream().read(answer);
    return read > 0
        && new String(answer, 0, read, java.nio.charset.StandardCharsets.US_ASCII)
            .startsWith("HTTP/1.1 200");
  }

  @Test
  void behindAProxyThereIsNoEncryptedPage() throws Exception {
    try (PackagedJar jar =
        PackagedJar.serveAt(1, folder.resolve("data"), "--domain=meet.example.org", "--tls=off")) {
      int port = Integer.parseInt(jar.http().substring(jar.http().lastIndexOf(':') + 1));
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket
            .getOutputStream()
            .write(
                ("GET /config.js HTTP/1.1\r\nHost: meet.example.org\r\nX-Forwarded-Proto: https\r\n"
                        + "Connection: close\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        String answer =
            new String(
                socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(answer)
            .startsWith("HTTP/1.1 200")
            .contains("\"websocket\":\"wss://meet.example.org/xmpp-websocket\"");
      }
    }
  }

  private static X509Certificate shown(int port) throws Exception {
    try (SSLSocket socket = connect(port)) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLSocket connect(int port) throws Exception {
    SSLSocket socket =
        (SSLSocket) TrustAll.context().getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    socket.startHandshake();
    return socket;
  }
}
