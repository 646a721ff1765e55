package org.meetjar.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.config.SettingsReader;
import org.meetjar.http.WebServer;
import org.meetjar.loop.Workers;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Store;

/** The interface on a real web server, with a real store and meetings of the test's making. */
final class AdminServer implements AutoCloseable {
  final Store store;
  final LiveSettings live;
  final List<Meetings.Meeting> meetings = new ArrayList<>();
  final List<Measurement> measurements = new ArrayList<>();
  volatile boolean draining;

  /** The time, which stands still until the test moves it. */
  final AtomicLong passed = new AtomicLong();

  private final Workers workers = new Workers(2, 64);
  private final WebServer web;
  private final Map<String, String> cookies = new HashMap<>();

  AdminServer(Path data, Map<String, String> settings) {
    Map<String, List<String>> given = new HashMap<>();
    given.put("http-port", List.of("0"));
    given.put("tls.mode", List.of("off"));
    settings.forEach((key, value) -> given.put(key, List.of(value)));
    Settings read = new SettingsReader().commandLine(given).read();
    store = Store.open(DataFolder.open(data));
    live = LiveSettings.of(read);
    live.apply(store.saved().all());
    web = new WebServer(read.http(), live, () -> true);
    web.bind();
    AdminApi api =
        new AdminApi(
            new AdminParts(
                read.admin(),
                live,
                store,
                new FakeMeetings(),
                new LoadHistory(new NoTraffic(), Clock.systemUTC()),
                Optional::empty,
                new ServerInfo("localhost", "test", Instant.EPOCH, 200),
                workers,
                Clock.systemUTC()),
            () -> CompletableFuture.completedFuture(measurements),
            passed::get);
    web.api(AdminApi.PLACE, api);
    web.api("/metrics", api.metrics());
    web.start();
  }

  String origin() {
    return "http://localhost:" + web.httpPort();
  }

  /** As the page asks, with its cookies and origin. */
  Answer page(String method, String path, Object body) throws Exception {
    HttpRequest.Builder request = request(method, path, body).header("Origin", origin());
    if (!cookies.isEmpty()) {
      StringBuilder all = new StringBuilder();
      cookies.forEach(
          (name, value) -> all.append(all.isEmpty() ? "" : "; ").append(name + "=" + value));
      request.header("Cookie", all.toString());
    }
    Answer answer = send(request);
    for (String cookie : answer.response.headers().allValues("set-cookie")) {
      String[] parts = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(parts[0], parts[1]);
    }
    return answer;
  }

  /** As a program asks. */
  Answer program(String method, String path, Object body, String... headers) throws Exception {
    HttpRequest.Builder request = request(method, path, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  void forgetCookies() {
    cookies.clear();
  }

  Map<String, String> cookies() {
    return cookies;
  }

  private HttpRequest.Builder request(String method, String path, Object body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path));
    if (body == null) {
      return request.method(method, HttpRequest.BodyPublishers.noBody());
    }
    return request
        .header("Content-Type", "application/json")
        .method(
            method,
            HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(body)));
  }

  private static Answer send(HttpRequest.Builder request) throws Exception {
    return new Answer(
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  @Override
  public void close() {
    web.close();
    workers.close();
    store.close();
  }

  static Meetings.Person person(String name) {
    return new Meetings.Person(
        "id-" + name,
        name,
        true,
        false,
        OptionalDouble.of(12.5),
        OptionalLong.of(1000),
        OptionalLong.empty(),
        OptionalDouble.empty());
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() throws Exception {
      return new ObjectMapper().readTree(response.body());
    }

    String error() throws Exception {
      return json().path("error").asText();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  private final class FakeMeetings implements Meetings {
    @Override
    public CompletionStage<List<Meeting>> list() {
      return CompletableFuture.completedFuture(List.copyOf(meetings));
    }

    @Override
    public CompletionStage<Boolean> end(String room) {
      return CompletableFuture.completedFuture(
          meetings.removeIf(meeting -> meeting.room().equals(room)));
    }

    @Override
    public boolean draining() {
      return draining;
    }

    @Override
    public void drain(boolean on) {
      draining = on;
    }
  }

  private static final class NoTraffic implements Traffic {
    @Override
    public long bytesIn() {
      return 0;
    }

    @Override
    public long bytesOut() {
      return 0;
    }

    @Override
    public int meetings() {
      return 0;
    }

    @Override
    public int people() {
      return 0;
    }
  }
}
