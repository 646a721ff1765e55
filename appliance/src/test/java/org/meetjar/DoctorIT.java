package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor of the packaged jar, beside an appliance that runs and beside others. */
class DoctorIT {
  @TempDir Path folder;

  @Test
  void seesTheApplianceThatRunsAndTriesItsRelay() throws Exception {
    String[] settings = settings(FreePort.any(), FreePort.any(), FreePort.any(), FreePort.any());
    try (PackagedJar jar = PackagedJar.serve(folder.resolve("data"), settings)) {
      PackagedJar.Result result = doctor(settings);
      JsonNode json = new ObjectMapper().readTree(result.out());

      assertThat(result.err()).isEmpty();
      assertThat(texts(json, "appliance")).anyMatch(text -> text.contains("process " + jar.pid()));
      assertThat(texts(json, "ports"))
          .hasSize(5)
          .allMatch(text -> text.startsWith("ok ") && text.contains("the appliance that runs"));
      assertThat(texts(json, "relay"))
          .hasSize(3)
          .allMatch(text -> text.startsWith("ok the relay works over "));
      assertThat(result.exitCode()).isEqualTo(exitCode(json));
    }
  }

  @Test
  void namesATakenPortAndChangesNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String[] settings =
          settings(FreePort.any(), taken.getLocalPort(), FreePort.any(), FreePort.any());
      PackagedJar.Result result = doctor(settings);
      JsonNode json = new ObjectMapper().readTree(result.out());

      assertThat(texts(json, "ports"))
          .filteredOn(text -> text.startsWith("failure "))
          .singleElement()
          .asString()
          .contains(taken.getLocalPort() + "/tcp");
      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }
  }

  @Test
  void isReadByPeopleLineByLine() throws Exception {
    PackagedJar.Result result =
        PackagedJar.run("", "--data", folder.resolve("data").toString(), "doctor");
    assertThat(result.out().lines())
        .hasSizeGreaterThan(12)
        .allMatch(line -> line.matches("(ok|note|warning|failure) +[a-z-]+ +.*"));
    assertThat(result.exitCode()).isIn(0, 3, 4);
  }

  private static int exitCode(JsonNode json) {
    return switch (json.get("level").asText()) {
      case "failure" -> 4;
      case "warning" -> 3;
      default -> 0;
    };
  }

  private PackagedJar.Result doctor(String... settings) throws Exception {
    List<String> line = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
    line.addAll(List.of(settings));
    line.addAll(List.of("doctor", "--json"));
    return PackagedJar.run("", line.toArray(String[]::new));
  }

  private static List<String> texts(JsonNode json, String check) {
    List<String> texts = new ArrayList<>();
    for (JsonNode finding : json.get("findings")) {
      if (finding.get("check").asText().equals(check)) {
        texts.add(finding.get("level").asText() + " " + finding.get("text").asText());
      }
    }
    return texts;
  }

  private static String[] settings(int http, int https, int media, int relay) {
    return new String[] {
      "--http-port", String.valueOf(http),
      "--https-port", String.valueOf(https),
      "--media-port", String.valueOf(media),
      "--set", "turn.port=" + relay
    };
  }
}
