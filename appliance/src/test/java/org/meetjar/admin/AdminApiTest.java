package org.meetjar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.Policy;
import org.meetjar.store.Role;
import org.meetjar.store.ScramKeys;

/** REST as the page and programs use it. */
class AdminApiTest {
  private static final String TOKEN = "0123456789abcdef-of-the-file";
  private static final String PASSWORD = "correct horse";

  @TempDir Path data;
  private AdminServer server;

  @BeforeEach
  void start() {
    server = new AdminServer(data.resolve("data"), Map.of("admin.token", TOKEN));
    server.store.accounts().add("ada", ScramKeys.of(PASSWORD), Role.OWNER);
    server.store.accounts().add("grace", ScramKeys.of(PASSWORD), Role.ADMIN);
    server.store.accounts().add("bob", ScramKeys.of(PASSWORD));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nothingIsToldToStrangers() throws Exception {
    for (String path :
        List.of(
            "session",
            "status",
            "status/history",
            "rooms",
            "accounts",
            "settings",
            "drain",
            "tokens")) {
      assertThat(server.program("GET", "/api/v1/" + path, null).status()).as(path).isEqualTo(401);
    }
    assertThat(server.program("PUT", "/api/v1/drain", Map.of("draining", true)).status())
        .isEqualTo(401);
    assertThat(server.program("DELETE", "/api/v1/accounts/bob", null).status()).isEqualTo(401);
    assertThat(server.program("GET", "/api/v1/nothing", null).status()).isEqualTo(404);
  }

  @Test
  void whoSignsInGetsACookieThatScriptsAndOtherSitesCannotUse() throws Exception {
    AdminServer.Answer answer = signIn("Ada", PASSWORD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("role").asText()).isEqualTo("owner");
    assertThat(answer.header("set-cookie")).contains("HttpOnly").contains("SameSite=Strict");
    assertThat(server.page("GET", "/api/v1/session", null).json().path("name").asText())
        .isEqualTo("ada");

    // the same cookie, but sent along by a page of another site
    String cookie = server.cookies().entrySet().iterator().next().toString();
    AdminServer.Answer foreign =
        server.program(
            "PUT",
            "/api/v1/drain",
            Map.of("draining", true),
            "Cookie",
            cookie,
            "Origin",
            "http://localhost:1");
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.error()).isEqualTo("foreign");
    assertThat(
            server
                .program("PUT", "/api/v1/drain", Map.of("draining", true), "Cookie", cookie)
                .status())
        .isEqualTo(403);
    assertThat(server.draining).isFalse();

    assertThat(server.page("DELETE", "/api/v1/session", null).status()).isEqualTo(204);
    assertThat(server.program("GET", "/api/v1/session", null, "Cookie", cookie).status())
        .isEqualTo(401);
  }

  @Test
  void signingInNeedsTheRightPasswordOfSomebodyWhoManages() throws Exception {
    assertThat(signIn("ada", "wrong").error()).isEqualTo("wrong-password");
    assertThat(signIn("nobody", PASSWORD).error()).isEqualTo("wrong-password");
    assertThat(signIn("bob", PASSWORD).error()).isEqualTo("member");
    assertThat(
            server
                .program("POST", "/api/v1/session", Map.of("name", "ada", "password", PASSWORD))
                .error())
        .isEqualTo("foreign");
  }

  @Test
  void whoGuessesHasToWait() throws Exception {
    int refused = 0;
    for (int i = 0; i < 8; i++) {
      refused += signIn("ada", "guess " + i).status() == 429 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(2);
    assertThat(signIn("ada", PASSWORD).error()).as("even with the right one").isEqualTo("too-fast");
    server.passed.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(signIn("ada", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void anotherPasswordOrRoleEndsTheSession() throws Exception {
    signIn("grace", PASSWORD);
    assertThat(server.page("GET", "/api/v1/status", null).status()).isEqualTo(200);
    server.store.accounts().change("grace", ScramKeys.of("another one"));
    assertThat(server.page("GET", "/api/v1/status", null).status()).isEqualTo(401);

    signIn("grace", "another one");
    server.store.accounts().role("grace", Role.MEMBER);
    assertThat(server.page("GET", "/api/v1/status", null).status()).isEqualTo(401);
  }

  @Test
  void whoChangesTheirOwnPasswordStaysSignedInHere() throws Exception {
    signIn("ada", PASSWORD);
    assertThat(
            server
                .page("PUT", "/api/v1/accounts/ada/password", Map.of("password", "battery staple"))
                .status())
        .isEqualTo(204);
    assertThat(server.page("GET", "/api/v1/session", null).status()).isEqualTo(200);
    server.forgetCookies();
    assertThat(signIn("ada", PASSWORD).status()).isEqualTo(401);
    assertThat(signIn("ada", "battery staple").status()).isEqualTo(200);
  }

  @Test
  void accountsAreManaged() throws Exception {
    signIn("ada", PASSWORD);
    assertThat(add("eve@", PASSWORD, "member").error()).isEqualTo("name");
    assertThat(add("eve", "short", "member").error()).isEqualTo("password");
    assertThat(add("eve", PASSWORD, "king").error()).isEqualTo("role");
    assertThat(add("BOB", PASSWORD, "member").error()).isEqualTo("exists");
    assertThat(add("eve", PASSWORD, "member").status()).isEqualTo(201);
    assertThat(server.page("PUT", "/api/v1/accounts/eve/role", Map.of("role", "admin")).status())
        .isEqualTo(200);
    assertThat(server.store.accounts().find("eve").orElseThrow().role()).isEqualTo(Role.ADMIN);
    assertThat(server.page("DELETE", "/api/v1/accounts/eve", null).status()).isEqualTo(204);
    assertThat(server.page("DELETE", "/api/v1/accounts/eve", null).status()).isEqualTo(404);
    assertThat(server.page("DELETE", "/api/v1/accounts/ada", null).error()).isEqualTo("last-owner");
    assertThat(server.page("PUT", "/api/v1/accounts/ada/role", Map.of("role", "member")).error())
        .isEqualTo("last-owner");
  }

  @Test
  void anAdminManagesEverybodyButOwners() throws Exception {
    signIn("grace", PASSWORD);
    assertThat(add("eve", PASSWORD, "admin").status()).isEqualTo(201);
    assertThat(add("king", PASSWORD, "owner").error()).isEqualTo("owner-only");
    assertThat(server.page("PUT", "/api/v1/accounts/grace/role", Map.of("role", "owner")).error())
        .isEqualTo("owner-only");
    assertThat(
            server
                .page("PUT", "/api/v1/accounts/ada/password", Map.of("password", PASSWORD))
                .error())
        .isEqualTo("owner-only");
    assertThat(server.page("DELETE", "/api/v1/accounts/ada", null).error()).isEqualTo("owner-only");
  }

  @Test
  void listsAreNotSentAgainUnchanged() throws Exception {
    String tag = asProgram("GET", "/api/v1/accounts", null).header("etag");
    assertThat(tag).startsWith("\"");
    AdminServer.Answer again =
        server.program(
            "GET",
            "/api/v1/accounts",
            null,
            "Authorization",
            "Bearer " + TOKEN,
            "If-None-Match",
            tag);
    assertThat(again.status()).isEqualTo(304);
    server.store.accounts().add("eve", ScramKeys.of(PASSWORD));
    assertThat(asProgram("GET", "/api/v1/accounts", null).header("etag")).isNotEqualTo(tag);
  }

  @Test
  void settingsHoldAtOnceAndAreNotOverwrittenUnseen() throws Exception {
    signIn("ada", PASSWORD);
    String tag = server.page("GET", "/api/v1/settings", null).header("etag");
    assertThat(
            asProgram("PUT", "/api/v1/settings", Map.of("serverName", "Home", "policy", "hosts"))
                .status())
        .isEqualTo(200);
    assertThat(server.live.policy()).isEqualTo(Policy.HOSTS);
    assertThat(server.store.saved().all())
        .containsEntry("policy", "hosts")
        .containsEntry("server-name", "Home");
    assertThat(server.program("GET", "/config.js", null).response().body())
        .contains("\"serverName\":\"Home\"")
        .contains("\"anonymousdomain\":\"guest.localhost\"");

    AdminServer.Answer late =
        server.program(
            "PUT",
            "/api/v1/settings",
            Map.of("serverName", "Office"),
            "Authorization",
            "Bearer " + TOKEN,
            "If-Match",
            tag);
    assertThat(late.status()).isEqualTo(412);
    assertThat(server.live.serverName()).isEqualTo("Home");
    assertThat(asProgram("PUT", "/api/v1/settings", Map.of("policy", "closed")).error())
        .isEqualTo("policy");
    assertThat(asProgram("PUT", "/api/v1/settings", Map.of("serverName", "")).error())
        .isEqualTo("server-name");
  }

  @Test
  void whatWasFixedAtTheStartIsShownAndStays() throws Exception {
    try (AdminServer fixed =
        new AdminServer(data.resolve("fixed"), Map.of("admin.token", TOKEN, "policy", "members"))) {
      AdminServer.Answer shown =
          fixed.program("GET", "/api/v1/settings", null, "Authorization", "Bearer " + TOKEN);
      assertThat(shown.json().path("fixed")).hasSize(1);
      assertThat(shown.json().path("fixed").path(0).asText()).isEqualTo("policy");
      AdminServer.Answer change =
          fixed.program(
              "PUT",
              "/api/v1/settings",
              Map.of("policy", "open"),
              "Authorization",
              "Bearer " + TOKEN);
      assertThat(change.error()).isEqualTo("fixed");
      assertThat(fixed.live.policy()).isEqualTo(Policy.MEMBERS);
    }
  }

  @Test
  void meetingsAreListedAndEnded() throws Exception {
    server.meetings.add(
        new Meetings.Meeting(
            "tea room@conference.localhost",
            "tea room",
            Instant.EPOCH,
            List.of(AdminServer.person("Ida"))));
    var room = asProgram("GET", "/api/v1/rooms", null).json().path("rooms").path(0);
    assertThat(room.path("name").asText()).isEqualTo("tea room");
    assertThat(room.path("people").path(0).path("roundTripMs").asDouble()).isEqualTo(12.5);
    assertThat(room.path("people").path(0).has("loss")).isFalse();
    assertThat(asProgram("DELETE", "/api/v1/rooms/none%40x", null).status()).isEqualTo(404);
    assertThat(
            asProgram("DELETE", "/api/v1/rooms/tea%20room%40conference.localhost", null).status())
        .isEqualTo(204);
    assertThat(server.meetings).isEmpty();
  }

  @Test
  void drainingIsTurnedOnAndOff() throws Exception {
    assertThat(
            asProgram("PUT", "/api/v1/drain", Map.of("draining", true))
                .json()
                .path("draining")
                .asBoolean())
        .isTrue();
    assertThat(server.draining).isTrue();
    assertThat(asProgram("GET", "/api/v1/status", null).json().path("draining").asBoolean())
        .isTrue();
    asProgram("PUT", "/api/v1/drain", Map.of("draining", false));
    assertThat(server.draining).isFalse();
    assertThat(asProgram("PUT", "/api/v1/drain", Map.of("draining", "yes")).status())
        .isEqualTo(400);
  }

  @Test
  void tokensOfThePageLookOrChangeAsTheyWereMade() throws Exception {
    signIn("ada", PASSWORD);
    var look =
        server
            .page("POST", "/api/v1/tokens", Map.of("name", "Monitoring", "mayChange", false))
            .json();
    var change =
        server.page("POST", "/api/v1/tokens", Map.of("name", "Script", "mayChange", true)).json();
    String looks = "Bearer " + look.path("secret").asText();
    String changes = "Bearer " + change.path("secret").asText();

    assertThat(server.program("GET", "/api/v1/status", null, "Authorization", looks).status())
        .isEqualTo(200);
    assertThat(
            server
                .program("PUT", "/api/v1/drain", Map.of("draining", true), "Authorization", looks)
                .error())
        .isEqualTo("read-only");
    assertThat(
            server
                .program("PUT", "/api/v1/drain", Map.of("draining", true), "Authorization", changes)
                .status())
        .isEqualTo(200);
    assertThat(server.program("GET", "/api/v1/tokens", null, "Authorization", changes).error())
        .isEqualTo("person-only");

    assertThat(server.page("GET", "/api/v1/tokens", null).response().body())
        .doesNotContain("secret");
    server.page("DELETE", "/api/v1/tokens/" + look.path("id").asText(), null);
    assertThat(server.program("GET", "/api/v1/status", null, "Authorization", looks).status())
        .isEqualTo(401);
  }

  @Test
  void whatIsNoJsonObjectIsRefused() throws Exception {
    signIn("ada", PASSWORD);
    assertThat(server.page("POST", "/api/v1/accounts", List.of("x")).status()).isEqualTo(400);
    assertThat(server.page("POST", "/api/v1/accounts", Map.of("name", Map.of())).status())
        .isEqualTo(400);
    assertThat(server.page("PATCH", "/api/v1/accounts", Map.of()).status()).isEqualTo(405);
    String large = "x".repeat(70_000);
    assertThat(server.page("POST", "/api/v1/accounts", Map.of("name", large)).status())
        .isEqualTo(413);
  }

  @Test
  void metricsAreForThisMachineAndForTokens() throws Exception {
    server.measurements.add(
        Measurement.counter("meetjar_things", "Things.", 3).with("kind", "a \"b\""));
    server.measurements.add(Measurement.counter("meetjar_things", "Things.", 4).with("kind", "c"));
    server.measurements.add(Measurement.gauge("meetjar_depth", "How deep.", 1.5));
    AdminServer.Answer here = server.program("GET", "/metrics", null);

    assertThat(here.status()).isEqualTo(200);
    assertThat(here.header("content-type")).startsWith("application/openmetrics-text");
    assertThat(here.response().body())
        .contains("meetjar_things_total{kind=\"a \\\"b\\\"\"} 3.0")
        .contains("meetjar_things_total{kind=\"c\"} 4.0")
        .contains("meetjar_depth 1.5")
        .contains("jvm_memory_pool_used_bytes{")
        .contains("process_cpu_seconds_total")
        .contains("jvm_gc_collections_total{")
        .contains("jvm_threads_allocated_bytes{threads=")
        .endsWith("# EOF\n");

    assertThat(server.program("GET", "/metrics", null, "X-Forwarded-For", "203.0.113.9").status())
        .as("through a proxy")
        .isEqualTo(401);
    assertThat(
            server
                .program(
                    "GET",
                    "/metrics",
                    null,
                    "X-Forwarded-For",
                    "203.0.113.9",
                    "Authorization",
                    "Bearer " + TOKEN)
                .status())
        .isEqualTo(200);
    assertThat(server.program("POST", "/metrics", Map.of()).status()).isEqualTo(405);
  }

  @Test
  void theFirstRunMakesTheOwnerOnce() throws Exception {
    try (AdminServer empty = new AdminServer(data.resolve("empty"), Map.of())) {
      String old =
          FirstRun.offer(empty.store.setup(), Duration.ofHours(1), Clock.systemUTC()).orElseThrow();
      String secret =
          FirstRun.offer(empty.store.setup(), Duration.ofHours(1), Clock.systemUTC()).orElseThrow();
      Map<String, String> wanted =
          Map.of(
              "token",
              secret,
              "name",
              "Ada",
              "password",
              PASSWORD,
              "serverName",
              "Home",
              "policy",
              "members");

      assertThat(empty.page("POST", "/api/v1/setup", Map.of("token", old)).error())
          .isEqualTo("setup-over");
      assertThat(
              empty
                  .page("POST", "/api/v1/setup", Map.of("token", secret))
                  .json()
                  .path("policy")
                  .asText())
          .isEqualTo("open");
      assertThat(empty.program("POST", "/api/v1/setup", wanted).error()).isEqualTo("foreign");
      assertThat(
              empty
                  .page(
                      "POST",
                      "/api/v1/setup",
                      Map.of("token", secret, "name", "Ada", "password", "short"))
                  .error())
          .isEqualTo("password");
      assertThat(empty.page("POST", "/api/v1/setup", wanted).status()).isEqualTo(201);

      assertThat(empty.page("GET", "/api/v1/session", null).json().path("role").asText())
          .isEqualTo("owner");
      assertThat(empty.live.policy()).isEqualTo(Policy.MEMBERS);
      assertThat(empty.live.serverName()).isEqualTo("Home");
      assertThat(empty.page("POST", "/api/v1/setup", wanted).error()).isEqualTo("setup-over");
      assertThat(FirstRun.offer(empty.store.setup(), Duration.ofHours(1), Clock.systemUTC()))
          .isEmpty();
    }
  }

  private AdminServer.Answer signIn(String name, String password) throws Exception {
    return server.page("POST", "/api/v1/session", Map.of("name", name, "password", password));
  }

  private AdminServer.Answer add(String name, String password, String role) throws Exception {
    return server.page(
        "POST", "/api/v1/accounts", Map.of("name", name, "password", password, "role", role));
  }

  private AdminServer.Answer asProgram(String method, String path, Object body) throws Exception {
    return server.program(method, path, body, "Authorization", "Bearer " + TOKEN);
  }
}
