package org.meetjar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.WebSocketClient;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.channel.TextChannelRequest;

class ChannelsTest {
  @TempDir Path data;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<TextChannel> channels = new LinkedBlockingQueue<>();
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            data,
            Map.of(
                "http.ping-interval", "200 ms",
                "http.ping-timeout", "4 seconds",
                "http.send-queue", "64 KiB",
                "http.max-message", "4 KiB",
                "http.allowed-origins", "https://friend.example"),
            web -> {
              web.route("plain", "", new Recorder());
              web.route("spoken", "xmpp", new Recorder());
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void messagesGoBothWaysInOrder() throws Exception {
    WebSocketClient client = open("/plain/a/b?pwd=s%20x");
    TextChannel channel = next(channels);

    client.send("one");
    client.socket.sendText("tw", false).join();
    client.send("o");
    for (int i = 0; i < 200; i++) {
      channel.send("m" + i);
    }

    assertThat(next(events)).isEqualTo("admit a/b s x");
    assertThat(next(events)).isEqualTo("open a/b s x 127.0.0.1");
    assertThat(next(events)).isEqualTo("text one");
    assertThat(next(events)).isEqualTo("text two");
    for (int i = 0; i < 200; i++) {
      assertThat(next(client.received)).isEqualTo("m" + i);
    }
  }

  @Test
  void theSameRoutesExistBelowATenant() throws Exception {
    open("/tenant/plain/x");

    assertThat(next(events)).isEqualTo("admit x ");
  }

  @Test
  void aRouteSpeaksItsSubprotocolOnly() throws Exception {
    WebSocketClient client = new WebSocketClient(builder().subprotocols("xmpp"), uri("/spoken"));

    assertThat(client.socket.getSubprotocol()).isEqualTo("xmpp");
    assertThat(refusal("/spoken", "")).isEqualTo(400);
  }

  @Test
  void pagesOfOtherSitesAreKeptOut() {
    assertThat(refusal("/plain", "https://evil.example")).isEqualTo(403);
    assertThat(refusal("/plain", "null")).isEqualTo(403);
    assertThat(refusal("/plain", "http://localhost.evil.example")).isEqualTo(403);
    assertThat(refusal("/plain", "https://friend.example")).isEqualTo(101);
    assertThat(refusal("/plain", "http://localhost:" + server.web.httpPort())).isEqualTo(101);
    assertThat(refusal("/plain", "https://localhost:" + server.web.httpsPort())).isEqualTo(101);
  }

  @Test
  void whoIsNotAdmittedHearsWhy() {
    assertThat(refusal("/plain?refuse=403", "")).isEqualTo(403);
    assertThat(refusal("/plain?refuse=503", "")).isEqualTo(503);
  }

  @Test
  void aRouteIsNoPage() throws Exception {
    assertThat(server.get("/plain").statusCode()).isEqualTo(426);
  }

  @Test
  void anOversizedMessageEndsItsChannelAndNoOther() throws Exception {
    WebSocketClient good = open("/plain/good");
    next(channels);
    WebSocketClient bad = open("/plain/bad");
    next(channels);
    events.clear();

    bad.send("x".repeat(5000));

    assertThat(next(events)).startsWith("closed 1009");
    assertThat(next(bad.closed)).isEqualTo(1009);
    good.send("still here");
    assertThat(next(events)).isEqualTo("text still here");
  }

  @Test
  void theLimitOfMessagesMayChange() throws Exception {
    WebSocketClient client = open("/plain");
    next(channels).limitMessages(100);
    next(events);
    next(events);

    client.send("x".repeat(101));

    assertThat(next(events)).startsWith("closed 1009");
  }

  @Test
  void binaryMessagesAreRefused() throws Exception {
    WebSocketClient client = open("/plain");
    next(channels);
    next(events);
    next(events);

    client.socket.sendBinary(java.nio.ByteBuffer.allocate(1), true).join();

    assertThat(next(events)).startsWith("closed ");
  }

  @Test
  void closingComesAfterWhatWasSent() throws Exception {
    WebSocketClient client = open("/plain");
    TextChannel channel = next(channels);

    channel.send("last words");
    channel.close(1000, "bye");
    channel.send("never");

    assertThat(next(client.received)).isEqualTo("last words");
    assertThat(next(client.closed)).isEqualTo(1000);
    next(events);
    next(events);
    assertThat(next(events)).startsWith("closed 1000");
    assertThat(client.received).isEmpty();
  }

  @Test
  void anAbortIsHeardOnce() throws Exception {
    open("/plain");
    TextChannel channel = next(channels);
    next(events);
    next(events);

    channel.abort();
    channel.abort();

    assertThat(next(events)).startsWith("closed 1006");
    assertThat(events.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void aChannelThatIsCutWhileItOpensIsHeardToClose() throws Exception {
    open("/plain?cut=1");

    next(events);
    next(events);
    assertThat(next(events)).startsWith("closed 1006");
    assertThat(events.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void aClientThatGoesWithoutGoodbyeIsNoticed() throws Exception {
    RawClient client = RawClient.webSocket(server.web.httpPort(), "/plain");
    next(channels);
    next(events);
    next(events);

    client.close();

    assertThat(next(events)).startsWith("closed 1006");
  }

  @Test
  void aClientThatGivesNoSignOfLifeIsCutOff() throws Exception {
    try (RawClient silent = RawClient.webSocket(server.web.httpPort(), "/plain")) {
      next(channels);
      next(events);
      next(events);

      assertThat(next(events)).startsWith("closed 1006");
      assertThat(silent).isNotNull();
    }
  }

  @Test
  void aQuietClientThatAnswersPingsStays() throws Exception {
    WebSocketClient client = open("/plain");
    next(channels);
    next(events);
    next(events);

    assertThat(events.poll(5, TimeUnit.SECONDS)).as("longer than a silent one may stay").isNull();
    client.send("here");
    assertThat(next(events)).isEqualTo("text here");
  }

  @Test
  void aClientThatDoesNotReadIsCutOff() throws Exception {
    try (RawClient deaf = RawClient.webSocket(server.web.httpPort(), "/plain")) {
      TextChannel channel = next(channels);
      next(events);
      next(events);
      String message = "x".repeat(32_000);

      String event = null;
      for (int i = 0; i < 1000 && event == null; i++) {
        channel.send(message);
        event = events.poll(5, TimeUnit.MILLISECONDS);
      }

      assertThat(event).startsWith("closed 1006");
      assertThat(deaf).isNotNull();
    }
  }

  @Test
  void stoppingTellsTheClients() throws Exception {
    WebSocketClient client = open("/plain");
    next(channels);

    server.close();

    assertThat(next(client.closed)).isEqualTo(1001);
  }

  private int refusal(String path, String origin) {
    WebSocket.Builder builder = builder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    try {
      new WebSocketClient(builder, uri(path)).socket.abort();
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  private WebSocketClient open(String path) {
    return new WebSocketClient(builder(), uri(path));
  }

  private URI uri(String path) {
    return URI.create("ws://localhost:" + server.web.httpPort() + path);
  }

  private static WebSocket.Builder builder() {
    return HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(30));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("something within 30 seconds").isNotNull();
    return next;
  }

  private final class Recorder implements TextChannelAcceptor {
    @Override
    public int admit(String path, TextChannelRequest request) {
      events.add("admit " + path + " " + request.query("pwd"));
      String refuse = request.query("refuse");
      return refuse.isEmpty() ? 101 : Integer.parseInt(refuse);
    }

    @Override
    public TextChannelListener open(String path, TextChannel channel) {
      events.add("open " + path + " " + channel.query("pwd") + " " + channel.remoteAddress());
      channels.add(channel);
      if (!channel.query("cut").isEmpty()) {
        channel.abort();
      }
      return new TextChannelListener() {
        @Override
        public void onText(String message) {
          events.add("text " + message);
        }

        @Override
        public void onClosed(int code, String reason) {
          events.add("closed " + code + " " + reason);
        }
      };
    }
  }
}
