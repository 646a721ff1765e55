package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar with its memory plan exhausted: who comes is told, and nobody inside is hurt.
 */
class FullServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void thoseBeyondThePlanAreRefusedAndTheMeetingsBeforeGoOnWithoutLoss() throws Exception {
    try (PackagedJar server =
        PackagedJar.serve(folder.resolve("data"), "--set", "muc.participants=6")) {
      CompletableFuture<PackagedJar.Result> meetings =
          CompletableFuture.supplyAsync(
              () -> load(server, "--rooms=2", "--participants=3", "--seconds=15", "--video=360p"));
      Await.until(() -> metric(server, "meetjar_participants") == 6);
      for (String nick : List.of("aaaa0001", "aaaa0002", "aaaa0003")) {
        assertThat(Participant.turnedAway(server.httpPort(), nick))
            .contains("service-unavailable")
            .contains("The server is full")
            .contains("urn:meetjar:admission");
      }
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(server, "/health/ready").body()).contains("full");
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(load(server, "--participants=2", "--seconds=1").err())
          .contains("Nobody could join: the server is full");

      JsonNode result = result(meetings.get(120, TimeUnit.SECONDS));
      assertThat(result.at("/joins/count").asInt()).isEqualTo(6);
      assertThat(result.at("/joins/failed").asInt()).isZero();
      assertThat(result.at("/streams/broken").asInt()).as(result.toString()).isZero();
      assertThat(metric(server, "meetjar_turned_away_total")).isGreaterThanOrEqualTo(5);

      Await.until(() -> metric(server, "meetjar_participants") == 0);
      Participant.join(server.httpPort(), "aaaa0004").end();
    }
  }

  @Test
  void aSmallHeapFillsUpToItsPlanAndNothingDies() throws Exception {
    List<String> flags = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    try (PackagedJar server = PackagedJar.serveWith(flags, folder.resolve("data"))) {
      int most = (int) metric(server, "meetjar_limit{of=\"participants\"}");
      int each = most / 4 + 2;
      assertThat(most).isBetween(20, 60);

      JsonNode result =
          result(
              load(
                  server,
                  "--rooms=4",
                  "--participants=" + each,
                  "--seconds=5",
                  "--video=180p",
                  "--view=tiles",
                  "--join-rate=20"));
      assertThat(result.at("/joins/count").asInt()).as(result.toString()).isEqualTo(most);
      assertThat(result.at("/joins/failed").asInt()).isEqualTo(4 * each - most);
      assertThat(result.at("/joins/failures").fieldNames())
          .toIterable()
          .allMatch(why -> why.contains("The server is full"));
      assertThat(server.isAlive()).isTrue();
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(server.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
    }
  }

  private static PackagedJar.Result load(PackagedJar server, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "load";
    all[1] = "--url=" + server.https();
    all[2] = "--warm-up=1";
    all[3] = "--json=-";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    try {
      return PackagedJar.run("", all);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode result(PackagedJar.Result run) throws Exception {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static double metric(PackagedJar server, String name) throws Exception {
    return get(server, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  private static HttpResponse<String> get(PackagedJar server, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.http() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
