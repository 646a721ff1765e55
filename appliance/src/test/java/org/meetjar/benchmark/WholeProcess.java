package org.meetjar.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The whole server on one core under the load tool on another, beside the yardstick of the same
 * minutes. Each line starts a server anew. The environment may choose: {@code SERVER_JAVA_HOME} the
 * Java that runs the server, {@code SCENARIOS} their numbers, such as {@code 1,4}, {@code
 * LOAD_SECONDS} how long each is measured (60).
 */
public final class WholeProcess {
  private static final double NANOS_PER_MILLI = 1e6;

  private WholeProcess() {}

  public static void main(String[] arguments) throws Exception {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      throw new IOException("This needs two cores: one for the server, one for the load.");
    }
    String java = java(System.getenv("SERVER_JAVA_HOME"));
    System.out.println("Server by " + java);
    Yardstick before = Yardstick.measure();
    System.out.println(
        "| who | ms of CPU per 1,000 packets out | beside C | cores | MB resident | GC ms"
            + " | garbage per packet | packets/s out | in runs | lost | delay p50, p99 ms"
            + " | broken streams | joins failed, p50, max, last ms |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (Scenario scenario : chosen()) {
      try (PinnedServer server = new PinnedServer(java)) {
        PinnedServer.Counts idle = server.counts();
        JsonNode result = load(server, scenario);
        PinnedServer.Counts counts = server.counts().since(idle);
        Yardstick after = Yardstick.measure();
        print(scenario, result, counts, before.mean(after));
        before = after;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%nIn a call of three a forwarder in C takes %.2f ms per 1,000 packets.%n",
        before.quiet() * 1000 / NANOS_PER_MILLI);
  }

  private static String java(String home) {
    return Optional.ofNullable(home)
        .map(path -> Path.of(path, "bin", "java"))
        .orElse(Path.of(System.getProperty("java.home"), "bin", "java"))
        .toString();
  }

  private static List<Scenario> chosen() {
    String numbers = System.getenv("SCENARIOS");
    if (numbers == null) {
      return Scenario.ALL;
    }
    return List.of(numbers.split(",", -1)).stream()
        .map(number -> Scenario.ALL.get(Integer.parseInt(number.strip()) - 1))
        .toList();
  }

  private static JsonNode load(PinnedServer server, Scenario scenario)
      throws IOException, InterruptedException {
    Path json = Files.createTempFile("load", ".json");
    try {
      List<String> command =
          PinnedServer.onCore(1, java(null), "-jar", Path.of("target", "meet.jar").toString());
      command.addAll(List.of("load", "--url", server.address(), "--json", json.toString()));
      command.addAll(List.of("--server-pid", Long.toString(server.pid())));
      command.addAll(List.of("--warm-up", "15", "--seconds", seconds()));
      command.addAll(scenario.options());
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (process.waitFor() != 0) {
        throw new IOException("the load tool failed");
      }
      return new ObjectMapper().readTree(json.toFile());
    } finally {
      Files.delete(json);
    }
  }

  private static String seconds() {
    return Optional.ofNullable(System.getenv("LOAD_SECONDS")).orElse("60");
  }

  private static void print(
      Scenario scenario, JsonNode result, PinnedServer.Counts counts, Yardstick least) {
    JsonNode cost = result.get("server");
    JsonNode packets = result.get("packets");
    JsonNode down = packets.get("down");
    double audio = down.get("audio").asDouble();
    double all = audio + down.get("video").asDouble() + down.get("repairs").asDouble();
    double nanos = cost.get("cpu_ns_per_forwarded_packet").asDouble();
    String ours = "–";
    String ratio = "–";
    if (scenario.forwards() && all > 0) {
      ours = number("%.2f", nanos * 1000 / NANOS_PER_MILLI);
      ratio = number("%.2f", nanos / least.of(audio / all, counts.partInRuns()));
    }
    JsonNode joins = result.get("joins");
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.3f | %.0f | %.0f | %s | %.0f | %.2f | %d | %.1f, %.1f | %d of %d"
            + " | %d, %.0f, %.0f, %.0f |%n",
        scenario.name(),
        ours,
        ratio,
        cost.get("cpu_cores").asDouble(),
        cost.get("rss_mb").asDouble(),
        cost.get("gc_ms").asDouble(),
        scenario.forwards() ? number("%.0f", counts.garbagePerPacket()) : "–",
        packets.get("received_per_second").asDouble(),
        counts.partInRuns(),
        packets.get("lost_in_server").asLong(),
        result.get("delay_ms").get("p50").asDouble(),
        result.get("delay_ms").get("p99").asDouble(),
        result.get("streams").get("broken").asLong(),
        result.get("streams").get("count").asLong(),
        joins.get("failed").asLong(),
        joins.get("p50_ms").asDouble(),
        joins.get("max_ms").asDouble(),
        joins.get("last_ms").asDouble());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
