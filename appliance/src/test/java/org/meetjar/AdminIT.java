package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first run, the admin interface, metrics and backups, as the packaged jar has them. */
class AdminIT {
  private static final String TOKEN = "a-token-for-the-test-of-this";

  @TempDir Path folder;

  @Test
  void theFirstStartPrintsALinkThatMakesTheOwnerOnce() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(data())) {
      String link = jar.awaitLine("#setup=");
      assertThat(link).startsWith(jar.http() + "/admin/#setup=");
      HttpResponse<String> claimed = claim(jar, link);
      assertThat(claimed.statusCode()).isEqualTo(201);
      assertThat(claimed.headers().firstValue("set-cookie").orElse("")).contains("HttpOnly");
      assertThat(claim(jar, link).statusCode()).isEqualTo(403);
      assertThat(get(jar.http() + "/config.js").body())
          .contains("\"policy\":\"hosts\"")
          .contains("\"serverName\":\"Home\"");
      assertThat(jar.stop()).isEqualTo(143);
    }
    assertThat(meet("", "user", "list").out()).isEqualTo("ada\n");
    try (PackagedJar again = PackagedJar.serve(data())) {
      // what was set on the page outlives the process
      assertThat(get(again.http() + "/config.js").body()).contains("\"serverName\":\"Home\"");
      assertThat(again.output()).noneMatch(line -> line.contains("setup="));
    }
  }

  @Test
  void everyStartPrintsAFreshLinkUntilThereIsAnOwner() throws Exception {
    String first;
    try (PackagedJar jar = PackagedJar.serve(data())) {
      first = jar.awaitLine("#setup=");
      // no terminal, so no picture
      assertThat(jar.output()).noneMatch(line -> line.contains("█") || line.contains("\u001b"));
    }
    try (PackagedJar jar = PackagedJar.serve(data())) {
      String second = jar.awaitLine("#setup=");
      assertThat(second).isNotEqualTo(first);
      String stale = jar.http() + first.substring(first.indexOf("/admin/"));
      assertThat(claim(jar, stale).statusCode()).isEqualTo(403);
      // an owner made on the command line ends it, too
      assertThat(meet("correct horse\n", "user", "add", "--owner", "grace").exitCode()).isZero();
      assertThat(claim(jar, second).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aLinkExpires() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(data(), "--set", "admin.setup-lifetime=1 second")) {
      String link = jar.awaitLine("#setup=");
      long deadline = System.nanoTime() + 20_000_000_000L;
      int status = 200;
      while (status == 200 && System.nanoTime() < deadline) {
        status = post(jar, "/api/v1/setup", Map.of("token", secret(link))).statusCode();
        Thread.onSpinWait();
      }
      assertThat(status).isEqualTo(403);
    }
  }

  @Test
  void programsAskWithAToken() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(data(), "--set", "admin.token=" + TOKEN)) {
      assertThat(get(jar.http() + "/api/v1/status").statusCode()).isEqualTo(401);
      JsonNode status =
          json(get(jar.http() + "/api/v1/status", "Authorization", "Bearer " + TOKEN));
      assertThat(status.path("domain").asText()).isEqualTo("localhost");
      assertThat(status.at("/certificate/names/0").asText()).isEqualTo("localhost");
      assertThat(status.at("/certificate/trusted").asBoolean(true)).isFalse();

      assertThat(get(jar.http() + "/health/ready").statusCode()).isEqualTo(200);
      HttpRequest drain =
          HttpRequest.newBuilder(URI.create(jar.http() + "/api/v1/drain"))
              .header("Authorization", "Bearer " + TOKEN)
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString("{\"draining\":true}"))
              .build();
      assertThat(send(drain).statusCode()).isEqualTo(200);
      assertThat(get(jar.http() + "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(jar.http() + "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(jar.http() + "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metricsTellOfEveryPart() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(data())) {
      HttpResponse<String> metrics = get(jar.http() + "/metrics");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body())
          .contains("meetjar_conferences 0.0")
          .contains("meetjar_participants 0.0")
          .contains("meetjar_sessions{state=\"all\"}")
          .contains("meetjar_media_packets_received_total{loop=\"0\"}")
          .contains("meetjar_media_sent_bytes_total{loop=\"0\"}")
          .contains("meetjar_media_packets_dropped_total{loop=\"0\",reason=\"not_validated\"}")
          .contains("meetjar_bridge_key_frames_requested_total")
          .contains("meetjar_certificate_expiry_timestamp_seconds")
          .contains("meetjar_turn_allocations")
          .contains("meetjar_turn_relayed_bytes_total{direction=\"to-peers\"}")
          .contains("meetjar_queue_depth{queue=\"signalling\"}")
          .contains("meetjar_queue_depth{queue=\"workers\"}")
          .contains("jvm_memory_pool_used_bytes")
          .contains("jvm_gc_collections_total")
          .contains("process_cpu_seconds_total")
          .endsWith("# EOF\n");
    }
  }

  @Test
  void meetingsAreSeenAndLoggedWithoutAnybodysNameOrAddress() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(data(), "--set", "admin.token=" + TOKEN)) {
      Participant one = Participant.join(jar.httpPort(), "aaaa1111");
      Participant.join(jar.httpPort(), "bbbb2222");
      jar.awaitLine("join room=relayed@conference.localhost endpoint=bbbb2222 people=2");
      JsonNode room =
          json(get(jar.http() + "/api/v1/rooms", "Authorization", "Bearer " + TOKEN))
              .path("rooms")
              .path(0);
      assertThat(room.path("name").asText()).isEqualTo("relayed");
      assertThat(room.path("people")).hasSize(2);
      assertThat(get(jar.http() + "/metrics").body())
          .contains("meetjar_conferences 1.0")
          .contains("meetjar_participants 2.0");

      one.leaveRoom();
      jar.awaitLine("leave room=relayed@conference.localhost endpoint=aaaa1111 people=1");
      HttpRequest end =
          HttpRequest.newBuilder(
                  URI.create(jar.http() + "/api/v1/rooms/relayed%40conference.localhost"))
              .header("Authorization", "Bearer " + TOKEN)
              .DELETE()
              .build();
      assertThat(send(end).statusCode()).isEqualTo(204);
      jar.awaitLine("leave room=relayed@conference.localhost endpoint=bbbb2222 people=0");

      assertThat(jar.output().stream().filter(line -> line.contains(" INFO ")))
          .noneMatch(line -> line.matches(".*\\b127\\.0\\.0\\.1\\b.*"))
          .noneMatch(line -> line.contains("signed in"));
    }
  }

  @Test
  void aBackupOfTheRunningServerIsRestoredElsewhere() throws Exception {
    Path zip = folder.resolve("backup.zip");
    try (PackagedJar jar = PackagedJar.serve(data())) {
      assertThat(meet("correct horse\n", "user", "add", "--owner", "ada").exitCode()).isZero();
      assertThat(meet("", "backup", zip.toString())).isEqualTo(new PackagedJar.Result(0, "", ""));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
          .isEqualTo("rw-------");
      assertThat(meet("", "backup", zip.toString()).err()).contains("already");
      assertThat(meet("", "restore", zip.toString()).err()).contains("stop it");
      assertThat(get(jar.http() + "/health").statusCode()).isEqualTo(200);
    }
    try (var left = Files.list(data())) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".backup-"));
    }
    assertThat(meet("", "restore", zip.toString()).err()).contains("--force");
    Path other = folder.resolve("other");
    PackagedJar.Result restored =
        PackagedJar.run("", "--data", other.toString(), "restore", zip.toString());
    assertThat(restored).isEqualTo(new PackagedJar.Result(0, "", ""));
    assertThat(other.resolve("tls")).as("certificate and key came along").isNotEmptyDirectory();
    try (PackagedJar jar = PackagedJar.serve(other)) {
      assertThat(PackagedJar.run("", "--data", other.toString(), "user", "list").out())
          .isEqualTo("ada\n");
      assertThat(jar.output()).noneMatch(line -> line.contains("setup="));
    }
  }

  @Test
  void aBackupIsMadeWhileNothingRuns() throws Exception {
    Path zip = folder.resolve("backup.zip");
    assertThat(meet("", "backup", zip.toString()).err()).contains("no data folder");
    assertThat(meet("secret\n", "user", "add", "ada").exitCode()).isZero();
    assertThat(meet("", "backup", zip.toString()).exitCode()).isZero();
    assertThat(meet("secret\n", "user", "add", "bob").exitCode()).isZero();
    PackagedJar.Result forced = meet("", "restore", "--force", zip.toString());
    assertThat(forced.exitCode()).isZero();
    assertThat(forced.out()).contains("before-restore-");
    assertThat(meet("", "user", "list").out()).isEqualTo("ada\n");
  }

  private HttpResponse<String> claim(PackagedJar jar, String link) throws Exception {
    return post(
        jar,
        "/api/v1/setup",
        Map.of(
            "token", secret(link),
            "name", "Ada",
            "password", "correct horse",
            "serverName", "Home",
            "policy", "hosts"));
  }

  private static String secret(String link) {
    return link.substring(link.indexOf("#setup=") + "#setup=".length());
  }

  private static HttpResponse<String> post(PackagedJar jar, String path, Object body)
      throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(jar.http() + path))
            .header("Origin", jar.http())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(body)))
            .build());
  }

  private static HttpResponse<String> get(String uri, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private Path data() {
    return folder.resolve("data");
  }

  private PackagedJar.Result meet(String input, String... words) throws Exception {
    String[] arguments = new String[words.length + 2];
    arguments[0] = "--data";
    arguments[1] = data().toString();
    System.arraycopy(words, 0, arguments, 2, words.length);
    return PackagedJar.run(input, arguments);
  }
}
