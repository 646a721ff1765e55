package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load tool against the packaged appliance, as a user runs it. Nothing is timed. */
class LoadIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void twoRoomsOfThreeMeetWithoutABrokenStream() throws Exception {
    try (PackagedJar server = PackagedJar.serve(folder.resolve("data"))) {
      PackagedJar.Result run =
          PackagedJar.run(
              "",
              "load",
              "--url=" + server.https(),
              "--rooms=2",
              "--participants=3",
              "--seconds=6",
              "--warm-up=1",
              "--stage-seconds=2",
              "--server-pid=" + server.pid(),
              "--json=-");

      assertThat(run.exitCode()).as(run.err()).isZero();
      JsonNode result = JSON.readTree(run.out());
      assertThat(result.at("/joins/count").asInt()).isEqualTo(6);
      assertThat(result.at("/joins/failed").asInt()).isZero();
      assertThat(result.at("/joins/p99_ms").asDouble()).isPositive();
      assertThat(result.at("/packets/sent").asLong()).isPositive();
      assertThat(result.at("/packets/received").asLong()).isPositive();
      assertThat(result.at("/packets/forwarded").asLong()).isPositive();
      assertThat(result.at("/packets/lost_in_server").isNumber()).isTrue();
      assertThat(result.at("/delay_ms/p50").asDouble()).isPositive();
      assertThat(result.at("/delay_ms/p99").isNumber()).isTrue();
      assertThat(result.at("/delay_ms/max").isNumber()).isTrue();
      assertThat(result.at("/streams/count").asInt()).isEqualTo(2 * 3 * 2 * 2);
      assertThat(result.at("/streams/broken").asInt()).as(run.out()).isZero();
      assertThat(result.at("/streams/first_key_frame_ms/count").asInt()).isEqualTo(2 * 3 * 2);
      assertThat(result.at("/server/cpu_ns_per_forwarded_packet").asDouble()).isPositive();
      assertThat(result.at("/server/cpu_cores").asDouble()).isPositive();
      assertThat(result.at("/server/rss_mb").asDouble()).isPositive();
      assertThat(result.at("/server/gc_ms").isNumber()).isTrue();
      assertThat(run.err()).contains("joins").contains("forwarding delay");
    }
  }

  /** With the bridge's own streams nobody has more of them than it shows and hears at once. */
  @Test
  void streamsAreSharedByThoseWhoAreShownInTurn() throws Exception {
    try (PackagedJar server =
        PackagedJar.serve(folder.resolve("data"), "--set", "bridge.loudest-speakers=2")) {
      PackagedJar.Result run =
          PackagedJar.run(
              "",
              "load",
              "--url=" + server.http(),
              "--participants=5",
              "--video=180p",
              "--view=tiles",
              "--last-n=2",
              "--seconds=10",
              "--warm-up=1",
              "--json=-");

      assertThat(run.exitCode()).as(run.err()).isZero();
      JsonNode result = JSON.readTree(run.out());
      assertThat(result.at("/joins/failed").asInt()).isZero();
      assertThat(result.at("/streams/count").asInt()).isBetween(5 * 3, 5 * (2 + 2));
      assertThat(result.at("/streams/remapped").asInt()).isPositive();
      assertThat(result.at("/streams/broken").asInt()).as(run.out()).isZero();
    }
  }

  @Test
  void peopleComeAndGo() throws Exception {
    Path json = folder.resolve("result.json");
    try (PackagedJar server = PackagedJar.serve(folder.resolve("data"))) {
      PackagedJar.Result run =
          PackagedJar.run(
              "",
              "load",
              "--url=" + server.http(),
              "--participants=3",
              "--video=180p",
              "--view=tiles",
              "--seconds=6",
              "--warm-up=0",
              "--churn=60",
              "--json=" + json);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("forwarding delay");
      JsonNode result = JSON.readTree(Files.readString(json));
      assertThat(result.at("/joins/count").asInt()).isEqualTo(3);
      assertThat(result.at("/replacements/failed").asInt()).isZero();
      assertThat(result.at("/streams/broken").asInt()).as(result.toString()).isZero();
      assertThat(result.at("/server/cpu_cores").isNull()).isTrue();
    }
  }

  @Test
  void othersServersAreLeftAlone() throws Exception {
    assertFails("--i-own-this-server", "--url=https://192.0.2.1");
  }

  @Test
  void whatIsWrongIsToldInASentence() throws Exception {
    int port = FreePort.any();
    assertFails("Nobody answers", "--url=http://localhost:" + port);
    assertFails("--url", "--url=localhost:8080");
    assertFails("--video", "--url=http://localhost:" + port, "--video=4K");
    assertFails("--rooms", "--url=http://localhost:" + port, "--rooms=0");
    assertFails("--url");
  }

  @Test
  void aServerThatAsksForALoginIsToldOf() throws Exception {
    try (PackagedJar server = PackagedJar.serve(folder.resolve("data"), "--policy", "members")) {
      assertFails("login", "--url=" + server.http(), "--participants=2");
    }
  }

  @Test
  void aFullServerIsToldOf() throws Exception {
    try (PackagedJar server =
        PackagedJar.serve(folder.resolve("data"), "--set", "xmpp.sessions=1")) {
      assertFails("full", "--url=" + server.http(), "--participants=2");
    }
  }

  private static void assertFails(String sentence, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "load";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    PackagedJar.Result result = PackagedJar.run("", all);

    assertThat(result.exitCode()).isIn(1, 2);
    assertThat(result.err()).contains(sentence);
    assertThat(result.err().lines().filter(line -> line.startsWith("meet: "))).hasSize(1);
    assertThat(result.err()).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
