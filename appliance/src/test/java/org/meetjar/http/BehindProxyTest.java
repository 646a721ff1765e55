package org.meetjar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.channel.TextChannelRequest;
import org.meetjar.config.HttpSettings;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.config.SettingsReader;

/** A server whose encrypted page is a proxy's: whose word counts, and for what. */
class BehindProxyTest {
  private static final String OURS = "127.0.0.1,10.0.0.0/8,fd00::/8";

  @TempDir Path data;
  private final BlockingQueue<String> clients = new LinkedBlockingQueue<>();

  @Test
  void theClientIsTheLastThatNoProxyOfOursHas() throws Exception {
    assertThat(client(OURS, "X-Forwarded-For: 192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client(OURS, "X-Forwarded-For: 192.0.2.1, 10.1.2.3")).isEqualTo("192.0.2.1");
    assertThat(client(OURS, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.1.2.3"))
        .isEqualTo("192.0.2.1");
    assertThat(client(OURS, "X-Forwarded-For: 192.0.2.1:4711")).isEqualTo("192.0.2.1");
    assertThat(client(OURS, "X-Forwarded-For: 2001:db8::1, fd00::2")).contains("2001:db8:");
    assertThat(client(OURS, "Forwarded: for=192.0.2.1;proto=https, for=10.0.0.9"))
        .isEqualTo("192.0.2.1");
    assertThat(client(OURS, "Forwarded: For=\"[2001:db8::1]:4711\"")).contains("2001:db8:");
  }

  @Test
  void whatTheClientPutsBeforeItsAddressIsNotBelieved() throws Exception {
    assertThat(client(OURS, "X-Forwarded-For: 192.0.2.66, 198.51.100.7, 10.1.2.3"))
        .isEqualTo("198.51.100.7");
    assertThat(client(OURS, "X-Forwarded-For: 192.0.2.66, unknown, 10.1.2.3"))
        .isEqualTo("10.1.2.3");
    assertThat(client(OURS, "X-Forwarded-For: unknown")).startsWith("127.");
  }

  @Test
  void othersThanTheProxiesAreNotBelieved() throws Exception {
    assertThat(client("10.0.0.0/8", "X-Forwarded-For: 192.0.2.1")).startsWith("127.");
    assertThat(client("10.0.0.0/8", "Forwarded: for=192.0.2.1")).startsWith("127.");
    try (TestProxied server = new TestProxied("10.0.0.0/8")) {
      assertThat(server.ask("/config.js", "Host: meet.example.org", "X-Forwarded-Proto: https"))
          .contains("ws://meet.example.org/xmpp-websocket");
    }
  }

  @Test
  void pagesBehindAProxyAreThoseOfThePublicAddress() throws Exception {
    try (TestProxied server = new TestProxied(OURS)) {
      for (List<String> headers :
          List.of(
              List.of("Host: meet.example.org", "X-Forwarded-Proto: https"),
              List.of("Host: 127.0.0.1:8080", "X-Forwarded-For: 192.0.2.1"),
              List.of("Host: meet.example.org", "Forwarded: for=192.0.2.1;proto=https"),
              List.of(
                  "Host: upstream",
                  "X-Forwarded-Host: meet.example.org",
                  "X-Forwarded-Proto: https"))) {
        assertThat(server.ask("/config.js", headers.toArray(String[]::new)))
            .as("%s", headers)
            .startsWith("HTTP/1.1 200")
            .contains("\"wss://meet.example.org/xmpp-websocket\"");
      }
    }
  }

  @Test
  void aTakenPlainPortIsDoneWithoutWhenNobodyAskedForIt() throws Exception {
    Map<String, List<String>> given = new HashMap<>();
    given.put("domain", List.of("meet.example.org"));
    given.put("bind-address", List.of("127.0.0.1"));
    given.put("https-port", List.of("0"));
    // where we may not take it either, it is not to be had all the same
    try (ServerSocket taken = takenPort80();
        WebServer web =
            new WebServer(new SettingsReader().commandLine(given).read().http(), () -> true)) {
      web.bind();

      assertThat(taken == null || taken.isBound()).isTrue();
      assertThat(web.httpPort()).isNegative();
      assertThat(web.httpsPort()).isPositive();
    }
  }

  private static ServerSocket takenPort80() {
    try {
      return new ServerSocket(80, 1, InetAddress.getByName("127.0.0.1"));
    } catch (java.io.IOException notOurs) {
      return null;
    }
  }

  /** The address that the server takes for the client's. */
  private String client(String proxies, String... headers) throws Exception {
    try (TestProxied server = new TestProxied(proxies)) {
      String request =
          "GET /echo HTTP/1.1\r\nHost: meet.example.org\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.web.httpPort())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String client = clients.poll(30, TimeUnit.SECONDS);
        return client == null ? "nobody" : client;
      }
    }
  }

  /** A server without encrypted port. */
  private final class TestProxied implements AutoCloseable, TextChannelAcceptor {
    private final WebServer web;

    TestProxied(String proxies) {
      Map<String, List<String>> given = new HashMap<>();
      given.put("domain", List.of("meet.example.org"));
      given.put("http-port", List.of("0"));
      given.put("tls.mode", List.of("off"));
      given.put("http.trusted-proxies", List.of(proxies));
      Settings settings = new SettingsReader().commandLine(given).read();
      web = new WebServer(settings.http(), live(settings.http()), () -> true, "web-test/");
      web.bind();
      web.route("echo", "", this);
      web.start();
    }

    private static LiveSettings live(HttpSettings http) {
      return new LiveSettings(http.serverName(), http.policy(), Set.of());
    }

    String ask(String path, String... headers) throws Exception {
      return RawClient.plain(
          web.httpPort(),
          "GET "
              + path
              + " HTTP/1.1\r\nConnection: close\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n");
    }

    @Override
    public int admit(String path, TextChannelRequest request) {
      clients.add(request.remoteAddress());
      return 403;
    }

    @Override
    public TextChannelListener open(String path, TextChannel channel) {
      throw new IllegalStateException("nobody is admitted");
    }

    @Override
    public void close() {
      web.close();
    }
  }
}
