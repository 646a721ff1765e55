package org.meetjar.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system. */
@FunctionalInterface
public interface Programs {
  /**
   * Runs a program to its end, without input.
   *
   * @return empty when there is no such program, or it does not end
   */
  Optional<Outcome> run(List<String> command);

  /**
   * How a program ended.
   *
   * @param output both of its streams
   */
  record Outcome(int exitCode, String output) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** The machine's own, each of which may take so long. */
  static Programs ofSystem(Duration patience) {
    return command -> {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C");
      try {
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<byte[]> output =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return process.getInputStream().readNBytes(1 << 20);
                  } catch (IOException ended) {
                    return new byte[0];
                  }
                });
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          return Optional.empty();
        }
        return Optional.of(
            new Outcome(process.exitValue(), new String(output.join(), StandardCharsets.UTF_8)));
      } catch (IOException notThere) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    };
  }
}
