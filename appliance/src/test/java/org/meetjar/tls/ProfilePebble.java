package org.meetjar.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A {@link Pebble} whose directory also has profiles (draft-ietf-acme-profiles), which the version
 * in the distribution lacks: everything goes through here, with the Host that the client has named,
 * since what it signs contains it; orders are held against the profiles.
 */
final class ProfilePebble implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final URI pebble;
  private final SSLContext trusting;
  private final List<String> profiles;

  /**
   * The profiles of the orders that Pebble took, the empty string for those without. It refuses
   * some for their nonces only, and those are sent again.
   */
  final List<String> ordered = new CopyOnWriteArrayList<>();

  ProfilePebble(Path folder, Pebble pebble, String... profiles) throws Exception {
    this.pebble = pebble.directory();
    this.profiles = List.of(profiles);
    Credentials own =
        new SelfSigned(List.of("localhost"), folder, Clock.systemUTC()).poll().orElseThrow();
    trusting = TestAuthority.trusting(pebble.authority());
    Files.writeString(authority(folder), Pem.encode("CERTIFICATE", own.certificate().getEncoded()));
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(AdvisedPebble.context(own)));
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  static Path authority(Path folder) {
    return folder.resolve("front.pem");
  }

  URI directory() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + "/dir");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      boolean order = path.equals("/order-plz");
      String profile = order ? profile(request) : "";
      if (!profile.isEmpty() && !profiles.contains(profile)) {
        byte[] refusal =
            "{\"type\":\"urn:ietf:params:acme:error:invalidProfile\",\"status\":400}"
                .getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        exchange.sendResponseHeaders(400, refusal.length);
        exchange.getResponseBody().write(refusal);
        return;
      }
      Answer answer = ask(exchange, request);
      if (order && answer.status == 201) {
        ordered.add(profile);
      }
      byte[] body = path.equals("/dir") ? withProfiles(answer.body) : answer.body;
      Headers headers = exchange.getResponseHeaders();
      answer.headers.forEach((name, values) -> headers.put(name, values));
      boolean head = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
      exchange.sendResponseHeaders(answer.status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String profile(byte[] request) throws IOException {
    String payload = JSON.readTree(request).path("payload").asText();
    JsonNode order = JSON.readTree(Base64.getUrlDecoder().decode(payload));
    return order.path("profile").asText("");
  }

  private byte[] withProfiles(byte[] directory) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(directory);
    ObjectNode meta = json.withObjectProperty("meta");
    ObjectNode offered = meta.putObject("profiles");
    profiles.forEach(profile -> offered.put(profile, "https://localhost/" + profile));
    return JSON.writeValueAsBytes(json);
  }

  private record Answer(int status, Headers headers, byte[] body) {}

  /** One request on a connection of its own: Java's client does not let one choose the Host. */
  private Answer ask(HttpExchange exchange, byte[] request) throws IOException {
    try (Socket socket =
        trusting.getSocketFactory().createSocket(pebble.getHost(), pebble.getPort())) {
      StringBuilder head = new StringBuilder();
      head.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
      head.append(" HTTP/1.0\r\n");
      for (String name : List.of("Host", "Content-Type", "User-Agent", "Accept")) {
        String value = exchange.getRequestHeaders().getFirst(name);
        head.append(value == null ? "" : name + ": " + value + "\r\n");
      }
      head.append("Content-Length: ").append(request.length).append("\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(request);
      out.flush();
      return parse(socket.getInputStream().readAllBytes());
    }
  }

  private static Answer parse(byte[] all) {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, end).split("\r\n");
    Headers headers = new Headers();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, colon);
      if (!List.of("content-length", "connection", "transfer-encoding", "date")
          .contains(name.toLowerCase(java.util.Locale.ROOT))) {
        headers.add(name, lines[i].substring(colon + 1).strip());
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(all, end + 4, all.length - end - 4);
    return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body.toByteArray());
  }
}
