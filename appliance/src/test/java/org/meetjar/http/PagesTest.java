package org.meetjar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer(data, Map.of(), web -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/room", "/My%20Room", "/tenant/room", "/caf%C3%A9?x=1"})
  void roomsAreTheClientsPage(String path) throws Exception {
    HttpResponse<String> page = server.get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>test</title>");
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
  }

  @Test
  void anUnchangedPageIsNotSentAgain() throws Exception {
    String tag = server.get("/").headers().firstValue("etag").orElseThrow();

    HttpResponse<String> again = server.get("/room", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void filesWithAHashInTheirNameAreKeptForGood() throws Exception {
    HttpResponse<String> file = server.get("/assets/app-AbCd1234.js");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("cache-control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(file.headers().firstValue("content-type")).hasValue("text/javascript;charset=utf-8");
  }

  @Test
  void whatCompressesIsSentCompressedToThoseWhoTakeIt() throws Exception {
    HttpResponse<String> plain = server.get("/assets/app-AbCd1234.js");
    HttpResponse<String> zipped =
        server.get("/assets/app-AbCd1234.js", "Accept-Encoding", "gzip, br");

    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(plain.body()).hasSize(200 * "// a script that compresses well\n".length());
    assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(zipped.headers().firstValueAsLong("content-length").orElseThrow()).isLessThan(300);
    assertThat(zipped.headers().firstValue("vary")).hasValue("Accept-Encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing.js",
        "/a/b/c",
        "/assets",
        "/..%2findex.html",
        "/web/index.html",
        "/%00.js",
        "/assets/..%5c..%5cx.js",
        "/.hidden",
        "/META-INF/MANIFEST.MF"
      })
  void whatIsNotThereIsRefused(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    if (path.equals("/assets")) {
      assertThat(answer.body()).contains("<title>test</title>");
    } else {
      assertThat(answer.statusCode()).isIn(400, 404);
      assertThat(answer.body()).doesNotContain("%").doesNotContain("<");
    }
  }

  @Test
  void everyAnswerTellsTheBrowserWhatToRefuse() throws Exception {
    for (String path : new String[] {"/", "/nothing.js", "/config.js", "/health"}) {
      HttpResponse<String> answer = server.get(path);
      String policy = answer.headers().firstValue("content-security-policy").orElseThrow();

      assertThat(policy)
          .contains("default-src 'self'")
          .contains("frame-ancestors 'none'")
          .contains("connect-src 'self' ws://localhost:" + server.web.httpPort())
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("permissions-policy").orElseThrow())
          .contains("camera=(self)")
          .contains("display-capture=(self)");
      assertThat(answer.headers().firstValue("referrer-policy")).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("server")).isEmpty();
    }
  }

  @Test
  void theEncryptedPortSpeaksHttp2() throws Exception {
    HttpResponse<String> page = server.getEncrypted("/room");

    assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(page.body()).contains("<title>test</title>");
  }

  @Test
  void configTellsHowToReachUsTheWayTheClientDid() throws Exception {
    JsonNode plain = config(server.get("/config.js?room=x").body());
    JsonNode encrypted = config(server.getEncrypted("/config.js").body());

    assertThat(plain.at("/websocket").asText())
        .isEqualTo("ws://localhost:" + server.web.httpPort() + "/xmpp-websocket");
    assertThat(encrypted.at("/websocket").asText())
        .isEqualTo("wss://localhost:" + server.web.httpsPort() + "/xmpp-websocket");
    assertThat(plain.at("/hosts/domain").asText()).isEqualTo("localhost");
    assertThat(plain.at("/hosts/muc").asText()).isEqualTo("conference.localhost");
    assertThat(plain.at("/hosts/anonymousdomain").isMissingNode()).isTrue();
    assertThat(plain.at("/policy").asText()).isEqualTo("open");
    assertThat(plain.at("/flags/ssrcRewritingEnabled").asBoolean()).isTrue();
  }

  @Test
  void aTenantHasItsOwnRooms() throws Exception {
    JsonNode config = config(server.get("/Some.Tenant/config.js").body());

    assertThat(config.at("/hosts/muc").asText()).isEqualTo("conference.some_tenant.localhost");
    assertThat(config.at("/websocket").asText()).endsWith("/some_tenant/xmpp-websocket");
  }

  @Test
  void aForeignHostHeaderChangesNothing(@TempDir Path other) throws Exception {
    Map<String, String> named = Map.of("domain", "meet.example.org", "policy", "hosts");
    try (TestServer served = new TestServer(other, named, web -> {})) {
      String request = "GET /config.js HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
      String answer = RawClient.overTls(served.web.httpsPort(), request);

      assertThat(answer).doesNotContain("evil");
      assertThat(answer)
          .contains("wss://meet.example.org:" + served.web.httpsPort() + "/xmpp-websocket")
          .contains("\"anonymousdomain\":\"guest.meet.example.org\"");
    }
  }

  @Test
  void aPublicDomainIsServedEncrypted(@TempDir Path other) throws Exception {
    try (TestServer served =
        new TestServer(other, Map.of("domain", "meet.example.org"), web -> {})) {
      HttpResponse<String> answer = served.get("/room?x=%20y");

      assertThat(answer.statusCode()).isEqualTo(308);
      assertThat(answer.headers().firstValue("location"))
          .hasValue("https://meet.example.org:" + served.web.httpsPort() + "/room?x=%20y");
      assertThat(served.get("/health").statusCode()).isEqualTo(200);
      assertThat(hsts(served)).isFalse();
      served.trust();
      assertThat(hsts(served)).isTrue();
    }
  }

  @Test
  void thePortsArePutBackWhenOneIsTaken(@TempDir Path other) {
    Map<String, String> same = Map.of("http-port", String.valueOf(server.web.httpPort()));

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> new TestServer(other, same, web -> {}))
        .isInstanceOf(org.meetjar.config.StartFailure.class)
        .hasMessageContaining("is taken")
        .hasMessageContaining("--http-port");
  }

  private static boolean hsts(TestServer server) throws Exception {
    return server.getEncrypted("/").headers().firstValue("strict-transport-security").isPresent();
  }

  private static JsonNode config(String script) throws Exception {
    assertThat(script).startsWith("var config = {").endsWith("};\n");
    return new ObjectMapper().readTree(script.substring("var config = ".length()));
  }
}
