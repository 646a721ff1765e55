package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, failing to start, and stopping, as a user sees it. */
class StartIT {
  @TempDir Path folder;

  @Test
  void theAddressesThatItPrintsAreServed() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(folder.resolve("data"))) {
      HttpResponse<String> page = get(jar.http() + "/some-room");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<script");
      assertThat(page.headers().firstValue("content-security-policy")).isPresent();
      assertThat(get(jar.http() + "/config.js").body())
          .contains("\"websocket\":\"ws://localhost:" + jar.httpPort() + "/xmpp-websocket\"");
      assertThat(get(jar.http() + "/health").body()).contains("\"ok\"");
      assertThat(jar.https()).startsWith("https://localhost:");
    }
  }

  @Test
  void twoRunSideBySide() throws Exception {
    try (PackagedJar one = PackagedJar.serve(folder.resolve("one"));
        PackagedJar two = PackagedJar.serve(folder.resolve("two"))) {
      assertThat(get(one.http() + "/health").statusCode()).isEqualTo(200);
      assertThat(get(two.http() + "/health").statusCode()).isEqualTo(200);
      assertThat(one.http()).isNotEqualTo(two.http());
    }
  }

  @Test
  void aFolderServesOneAtATime() throws Exception {
    try (PackagedJar running = PackagedJar.serve(folder.resolve("data"))) {
      assertFails(
          "is in use by another appliance",
          "--data",
          folder.resolve("data").toString(),
          "--http-port=0",
          "--https-port=0",
          "--media-port=0");
      assertThat(get(running.http() + "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());
      assertFails(
          "TCP port " + port + " is taken",
          withData("--http-port", port, "--https-port=0", "--media-port=0"));
      assertFails(
          "--https-port", withData("--http-port=0", "--https-port", port, "--media-port=0"));
    }
  }

  @Test
  void aTakenMediaPortIsNamed() throws Exception {
    try (java.net.DatagramSocket taken =
        new java.net.DatagramSocket(new java.net.InetSocketAddress("0.0.0.0", 0))) {
      assertFails(
          "UDP port " + taken.getLocalPort(),
          withData("--http-port=0", "--https-port=0", "--media-port=" + taken.getLocalPort()));
    }
  }

  @Test
  void anotherAppliancesMediaPortIsTakenToo() throws Exception {
    int port = FreePort.any();
    try (PackagedJar running =
        PackagedJar.serve(folder.resolve("data"), "--media-port", String.valueOf(port))) {
      assertThat(running.httpPort()).isPositive();
      assertFails(
          "UDP port " + port, withData("--http-port=0", "--https-port=0", "--media-port=" + port));
    }
  }

  @Test
  void whatCannotBeUnderstoodIsToldInASentence() throws Exception {
    assertFails("no host name", withData("--domain", "not a domain"));
    assertFails("did you mean http-port?", withData("--set", "htpp-port=1"));
    assertFails("--http-port", withData("--htpp-port=1"));
    assertFails("must be auto or a port number", withData("--http-port", "eighty"));
    assertFails("one of open, hosts, members", withData("--policy", "closed"));
    Path config = Files.writeString(folder.resolve("meet.conf"), "bridge { expire-afer = 1s }");
    assertFails("did you mean bridge.expire-after?", withData("--config", config.toString()));
    assertFails("cannot be read", withData("--config", folder.resolve("none").toString()));
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertFails(
        "cannot be written to",
        "--data",
        file.resolve("data").toString(),
        "--http-port=0",
        "--https-port=0",
        "--media-port=0");
  }

  @Test
  void aServerMayBeCalledByAnAddressOfTheNewKind() throws Exception {
    try (PackagedJar jar =
        PackagedJar.serveAt(
            1,
            folder.resolve("data"),
            "--domain=[2001:0DB8::7]",
            "--tls=off",
            "--public-ip=127.0.0.1",
            "--set=turn.port=0")) {
      assertThat(jar.http()).startsWith("http://[2001:db8::7]:");
      String local = "http://127.0.0.1:" + jar.httpPort();
      assertThat(get(local + "/config.js").body())
          .contains("\"domain\":\"2001-db8-0-0-0-0-0-7.ipv6\"");
      assertThat(get(local + "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void itStopsWhenAsked() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(folder.resolve("data"))) {
      // what the system reports of a process that a signal ended: 128 + 15
      assertThat(jar.stop()).isEqualTo(143);
    }
  }

  private String[] withData(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = folder.resolve("unused").toString();
    return all;
  }

  private static void assertFails(String sentence, String... arguments) throws Exception {
    PackagedJar.Result result = PackagedJar.run("", arguments);

    assertThat(result.exitCode()).isIn(1, 2);
    assertThat(result.err()).contains(sentence);
    assertThat(result.err().lines()).as("one line").hasSize(1);
    assertThat(result.err()).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(result.out()).isEmpty();
  }

  private static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
