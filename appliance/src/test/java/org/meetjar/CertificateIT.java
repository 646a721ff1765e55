package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
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
            issued("--domain=meet.example.org", "--domain=talk.example.org", "acme.email=a@b.org"))
        .containsExactlyInAnyOrder("meet.example.org", "talk.example.org");
  }

  @Test
  void aServerWithoutANameGetsACertificateForItsAddress() throws Exception {
    assertThat(issued("--domain=127.0.0.1", "--tls=acme")).containsExactly("127.0.0.1");
  }

  /** Starts a server whose encrypted port alone can be reached; gives the certificate's names. */
  private List<String> issued(String... arguments) throws Exception {
    int https = freePort();
    List<String> all = new ArrayList<>();
    for (String argument : arguments) {
      all.add(argument.startsWith("-") ? argument : "--set=" + argument);
    }
    try (Pebble pebble =
        Pebble.start(
            folder.resolve("pebble"), freePort(), https, "", Map.of("PEBBLE_VA_NOSLEEP", "1"))) {
      all.addAll(
          List.of(
              "--bind-address=127.0.0.1",
              "--https-port",
              String.valueOf(https),
              "--set=turn.port=0",
              "--set=acme.directory=" + pebble.directory(),
              "--set=acme.directory-ca=" + pebble.authority()));
      boolean address = arguments[0].contains("127.0.0.1");
      try (PackagedJar jar =
          PackagedJar.serveAt(
              address ? 2 : 1, folder.resolve("data"), all.toArray(String[]::new))) {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        X509Certificate shown = shown(https);
        while (shown.getIssuerX500Principal().equals(shown.getSubjectX500Principal())
            && System.currentTimeMillis() < end) {
          Thread.sleep(100);
          shown = shown(https);
        }
        assertThat(shown.getIssuerX500Principal().getName()).contains("Pebble");
        assertThat(jar.pid()).isPositive();
        return shown.getSubjectAlternativeNames().stream()
            .map(name -> (String) name.get(1))
            .toList();
      }
    }
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
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
