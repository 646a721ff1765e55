package org.meetjar.tls;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A {@link Pebble} whose directory also has renewal information (RFC 9773), which the version in
 * the distribution lacks: a directory of its own that leads to Pebble for all else.
 */
final class AdvisedPebble implements AutoCloseable {
  private final HttpsServer server;
  private final URI pebble;
  private final HttpClient client;
  final AtomicInteger asked = new AtomicInteger();
  private volatile Instant start = Instant.now().plus(1000, ChronoUnit.DAYS);

  AdvisedPebble(Path folder, Pebble pebble) throws Exception {
    this.pebble = pebble.directory();
    Credentials own =
        new SelfSigned(List.of("localhost"), folder, Clock.systemUTC()).poll().orElseThrow();
    client = HttpClient.newBuilder().sslContext(TestAuthority.trusting(pebble.authority())).build();
    Files.writeString(
        authority(folder),
        Files.readString(pebble.authority())
            + Pem.encode("CERTIFICATE", own.certificate().getEncoded()));
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(own)));
    server.createContext("/dir", this::directory);
    server.createContext("/renewal/", this::advice);
    server.start();
  }

  static Path authority(Path folder) {
    return folder.resolve("both.pem");
  }

  URI directory() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + "/dir");
  }

  /** From now on certificates are to be replaced at once. */
  void callBack() {
    start = Instant.now().minus(1, ChronoUnit.DAYS);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void directory(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<String> theirs =
          client.send(HttpRequest.newBuilder(pebble).build(), HttpResponse.BodyHandlers.ofString());
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(theirs.body());
      json.put("renewalInfo", directory().resolve("/renewal").toString());
      answer(exchange, json);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void advice(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      ObjectNode json = new ObjectMapper().createObjectNode();
      json.putObject("suggestedWindow")
          .put("start", start.truncatedTo(ChronoUnit.SECONDS).toString())
          .put("end", start.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString());
      exchange.getResponseHeaders().set("Retry-After", "21600");
      answer(exchange, json);
    }
  }

  private static void answer(HttpExchange exchange, ObjectNode json) throws IOException {
    try (InputStream request = exchange.getRequestBody()) {
      request.readAllBytes();
    }
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  static SSLContext context(Credentials own) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    char[] none = new char[0];
    store.setKeyEntry(
        "own", own.key(), none, new java.security.cert.Certificate[] {own.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
