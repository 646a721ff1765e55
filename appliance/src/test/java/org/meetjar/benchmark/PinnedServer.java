package org.meetjar.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged jar on the first core, with a data folder of its own, until it is closed. */
final class PinnedServer implements AutoCloseable {
  private static final Path JAR = Path.of("target", "meet.jar");

  private final Path data;
  private final Process process;
  private final String address;

  /**
   * @param java the program that runs it
   */
  PinnedServer(String java) throws IOException {
    data = Files.createTempDirectory("meet");
    List<String> command = onCore(0, java, "-Xmx256m", "-jar", JAR.toString());
    command.addAll(List.of("--data", data.toString(), "--domain", "localhost"));
    command.addAll(List.of("--http-port", "0", "--https-port", "0", "--media-port", "0"));
    process = new ProcessBuilder(command).redirectError(data.resolve("log").toFile()).start();
    address = firstAddress();
  }

  /** A command that runs on one core alone. */
  static List<String> onCore(int core, String... command) {
    List<String> all = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    all.addAll(List.of(command));
    return all;
  }

  private String firstAddress() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    while (line != null && !line.startsWith("http")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("meet.jar doesn't serve: " + Files.readString(data.resolve("log")));
    }
    Thread rest = new Thread(() -> lines.lines().forEach(said -> {}), "output of meet.jar");
    rest.setDaemon(true);
    rest.start();
    return line.replaceFirst("/$", "");
  }

  String address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /**
   * What it counts of itself.
   *
   * @param sent packets
   * @param inRuns of these, those that left in runs
   * @param garbage bytes that the media loops have allocated
   */
  record Counts(double sent, double inRuns, double garbage) {
    Counts since(Counts before) {
      return new Counts(sent - before.sent, inRuns - before.inRuns, garbage - before.garbage);
    }

    double partInRuns() {
      return inRuns / Math.max(1, sent);
    }

    double garbagePerPacket() {
      return garbage / Math.max(1, sent);
    }
  }

  Counts counts() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
    String metrics =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new Counts(
        sum(metrics, "meetjar_media_packets_sent_total{"),
        sum(metrics, "meetjar_media_packets_sent_in_runs_total{"),
        sum(metrics, "jvm_threads_allocated_bytes{threads=\"media\""));
  }

  private static double sum(String metrics, String head) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(head))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
