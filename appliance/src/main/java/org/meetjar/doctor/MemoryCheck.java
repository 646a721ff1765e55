package org.meetjar.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meetjar.machine.Machine;

/** Whether there is enough memory, here and in the control group, and enough open files. */
record MemoryCheck(Machine machine) implements Check {
  private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");
  private static final Pattern FILES =
      Pattern.compile("Max open files\\s+\\d+\\s+(\\d+|unlimited)");

  private static final long MB = 1_000_000;

  /** Resident with a hundred participants, and what the system itself wants. */
  private static final long COMFORTABLE = 900 * MB;

  /** Resident when nobody is there, and the same. */
  private static final long LEAST = 400 * MB;

  private static final long FILES_WANTED = 8_192;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    OptionalLong total = total();
    OptionalLong limit = groupLimit();
    if (total.isEmpty()) {
      findings.add(note("how much memory there is cannot be read", ""));
    } else {
      findings.add(judged("the machine has", total.getAsLong()));
    }
    if (limit.isPresent() && limit.getAsLong() < total.orElse(Long.MAX_VALUE)) {
      findings.add(judged("the control group of this shell allows", limit.getAsLong()));
    }
    openFiles(findings);
    return findings;
  }

  private Finding judged(String subject, long bytes) {
    String text = subject + " " + bytes / MB + " MB of memory";
    if (bytes < LEAST) {
      return failure(text, "the appliance needs 400 MB with the system around it, better 1 GB");
    }
    return bytes < COMFORTABLE
        ? warning(text, "enough for small meetings; 1 GB is what it is made for")
        : ok(text);
  }

  private OptionalLong total() {
    return machine
        .text("/proc/meminfo")
        .map(TOTAL::matcher)
        .filter(Matcher::find)
        .map(found -> OptionalLong.of(Long.parseLong(found.group(1)) * 1024))
        .orElse(OptionalLong.empty());
  }

  /** The limit of the control group, in its second version or the first. */
  private OptionalLong groupLimit() {
    String group =
        machine
            .text("/proc/self/cgroup")
            .flatMap(
                lines ->
                    lines
                        .lines()
                        .filter(line -> line.startsWith("0::/"))
                        .map(line -> line.substring("0::".length()))
                        .findFirst())
            .orElse("/");
    for (String folder = group; ; folder = folder.substring(0, folder.lastIndexOf('/'))) {
      String inGroup = "/sys/fs/cgroup" + (folder.equals("/") ? "" : folder) + "/memory.max";
      OptionalLong limit = machine.number(inGroup);
      if (limit.isPresent()) {
        return limit;
      }
      if (folder.lastIndexOf('/') < 0 || folder.isEmpty()) {
        return machine.number("/sys/fs/cgroup/memory/memory.limit_in_bytes");
      }
    }
  }

  private void openFiles(List<Finding> findings) {
    machine
        .text("/proc/self/limits")
        .map(FILES::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .filter(most -> !most.equals("unlimited") && Long.parseLong(most) < FILES_WANTED)
        .ifPresent(
            most ->
                findings.add(
                    warning(
                        "only " + most + " open files are allowed here",
                        "the service has a limit of its own; elsewhere: ulimit -n 65536")));
  }
}
