package org.meetjar.install;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.meetjar.machine.Programs;

/**
 * Runs a program.
 *
 * @param needed whether the installation fails when the program does
 */
record RunProgram(Programs programs, List<String> command, boolean needed) implements Step {
  @Override
  public String describe() {
    return "run " + String.join(" ", command);
  }

  @Override
  public void run() throws IOException {
    Optional<Programs.Outcome> outcome = programs.run(command);
    if (!needed || outcome.map(Programs.Outcome::succeeded).orElse(false)) {
      return;
    }
    throw new IOException(
        outcome
            .map(
                it ->
                    String.join(" ", command)
                        + " failed ("
                        + it.exitCode()
                        + "): "
                        + it.output().strip().replaceAll("\\s+", " "))
            .orElse(command.get(0) + " is not on this machine, or does not end"));
  }
}
