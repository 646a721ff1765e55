package org.meetjar.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meetjar.config.MachineMemory;
import org.meetjar.machine.Machine;

/** Whether there is enough memory, here and in the control group, and enough open files. */
record MemoryCheck(Machine machine, RunningAppliance running) implements Check {
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
    OptionalLong total = MachineMemory.total(machine::text);
    OptionalLong limit = MachineMemory.groupLimit(machine::text);
    if (total.isEmpty()) {
      findings.add(note("how much memory there is cannot be read", ""));
    } else {
      findings.add(judged("the machine has", total.getAsLong()));
    }
    if (limit.isPresent() && limit.getAsLong() < total.orElse(Long.MAX_VALUE)) {
      findings.add(judged("the control group of this shell allows", limit.getAsLong()));
    }
    plan(findings);
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

  /** What the service has made of the memory that it was given. */
  private void plan(List<Finding> findings) {
    String plan = running.status().getOrDefault("memory-plan", "");
    if (plan.isEmpty()) {
      return;
    }
    if (running.status().getOrDefault("memory-tight", "").equals("true")) {
      findings.add(
          warning(
              plan,
              "that is less than it needs when nobody is there: give it more memory, or a smaller"
                  + " heap (-Xmx) when the machine is small"));
    } else {
      findings.add(ok(plan));
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
