package org.meetjar.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.meetjar.machine.Machine;

/**
 * Raises a limit of the running kernel, and never lowers it. Inside a container it may be
 * read-only; the host's is what counts there.
 *
 * @param name as sysctl(8) has it
 */
record RaiseLimit(Machine machine, String name, long value) implements Step {
  @Override
  public String describe() {
    return "set " + name + " to " + value + ", if it is lower";
  }

  @Override
  public void run() throws IOException {
    String file = "/proc/sys/" + name.replace('.', '/');
    if (machine.number(file).orElse(Long.MAX_VALUE) >= value) {
      return;
    }
    Path path = machine.path(file);
    try {
      Files.writeString(path, value + "\n");
    } catch (IOException readOnly) {
      // the doctor tells what that means
    }
  }
}
