package org.meetjar.install;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Makes the class-data sharing archive: starts the appliance on ports that the system chooses, with
 * a folder of its own, and has Java write down at the end which classes that has loaded. It can be
 * done without: when it fails the start is slower, and no more.
 *
 * @param command java with the flags of the service, which must be the same for the archive to fit
 * @param archive where to write it
 */
record ArchiveClasses(List<String> command, Path jar, Path archive) implements Step {
  private static final int PATIENCE_SECONDS = 120;

  @Override
  public String describe() {
    return "make " + archive + ", an archive of loaded classes, by starting the appliance once";
  }

  @Override
  public void run() throws IOException {
    Path data = Files.createTempDirectory("meet-archive");
    try {
      Path fresh = data.resolve("meet.jsa");
      List<String> line = new ArrayList<>(command);
      line.add("-XX:ArchiveClassesAtExit=" + fresh);
      line.addAll(List.of("-jar", jar.toString(), "--data", data.resolve("data").toString()));
      for (String port : List.of("http-port", "https-port", "media-port")) {
        line.addAll(List.of("--" + port, "0"));
      }
      line.addAll(List.of("--set", "turn.port=0", "--log-level", "error"));
      if (runOnce(line) && Files.exists(fresh)) {
        new CopyFile(fresh, archive).run();
      }
    } finally {
      new RemoveTree(data).run();
    }
  }

  /** Whether it came up, and ended when it was told to. */
  private static boolean runOnce(List<String> line) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("MEET_"));
    builder.environment().remove("NOTIFY_SOCKET");
    Process process = builder.start();
    try {
      CompletableFuture<Boolean> up = CompletableFuture.supplyAsync(() -> serves(process));
      boolean came = up.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      process.destroy();
      return came && process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean serves(Process process) {
    try {
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("http")) {
          return true;
        }
      }
    } catch (IOException ended) {
      // it did not come up
    }
    return false;
  }
}
