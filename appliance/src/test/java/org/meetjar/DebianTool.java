package org.meetjar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of another project that a test talks to; installed from the distribution's packages
 * where we may.
 */
public final class DebianTool {
  private DebianTool() {}

  /** Makes sure that the program is there, or fails with a sentence that says what to install. */
  public static synchronized Path require(String program, String debianPackage) throws Exception {
    if (find(program) == null && Files.isExecutable(Path.of("/usr/bin/apt-get")) && isRoot()) {
      run(List.of("apt-get", "update", "-qq"));
      run(List.of("apt-get", "install", "-y", "-qq", debianPackage));
    }
    Path found = find(program);
    if (found == null) {
      throw new AssertionError(
          "This test needs " + program + ": install the package '" + debianPackage + "'.");
    }
    return found;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Path find(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path path = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    return null;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
  }
}
