package org.meetjar.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that a process may use, in bytes.
 *
 * @param heap what {@code -Xmx} allows for objects
 * @param direct what {@code -XX:MaxDirectMemorySize} allows for the buffers of connections; as much
 *     as the heap where it is not given, as Java has it
 * @param total what the machine has, or what a container or unit is allowed; {@link Long#MAX_VALUE}
 *     where neither can be read
 * @param contained whether {@code total} is for this process alone, and not for the system too
 */
public record MachineMemory(long heap, long direct, long total, boolean contained) {
  private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern DIRECT =
      Pattern.compile("-XX:MaxDirectMemorySize=(\\d{1,12})([kKmMgG]?)");

  /** Where Java takes options from besides its command line. */
  private static final List<String> OPTION_VARIABLES =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

  /** What this process may use. Reads a few of the kernel's files. */
  public static MachineMemory here() {
    return of(
        Runtime.getRuntime().maxMemory(),
        options(
            ProcessHandle.current().info().arguments().map(List::of).orElse(List.of()),
            System.getenv()),
        MachineMemory::text);
  }

  /**
   * @param heap what Java says of it
   * @param options everything that Java was started with
   * @param files the text of a file of the kernel's, by its path
   */
  static MachineMemory of(
      long heap, List<String> options, Function<String, Optional<String>> files) {
    long machine = total(files).orElse(Long.MAX_VALUE);
    long group = groupLimit(files).orElse(Long.MAX_VALUE);
    return new MachineMemory(
        heap, direct(options).orElse(heap), Math.min(machine, group), group < machine);
  }

  /** What the machine has. */
  public static OptionalLong total(Function<String, Optional<String>> files) {
    return files
        .apply("/proc/meminfo")
        .map(TOTAL::matcher)
        .filter(Matcher::find)
        .map(found -> OptionalLong.of(Long.parseLong(found.group(1)) * 1024))
        .orElse(OptionalLong.empty());
  }

  /**
   * The least that the process's control group and those around it allow, by either version of
   * control groups.
   */
  public static OptionalLong groupLimit(Function<String, Optional<String>> files) {
    String groups = files.apply("/proc/self/cgroup").orElse("");
    List<Long> limits = new ArrayList<>();
    groups
        .lines()
        .forEach(
            line -> {
              String[] parts = line.split(":", 3);
              if (parts.length == 3 && parts[0].equals("0") && parts[1].isEmpty()) {
                limits(files, "/sys/fs/cgroup", parts[2], "/memory.max", limits);
                limits(files, "/sys/fs/cgroup/unified", parts[2], "/memory.max", limits);
              } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                limits(files, "/sys/fs/cgroup/memory", parts[2], "/memory.limit_in_bytes", limits);
              }
            });
    return limits.stream().mapToLong(Long::longValue).min();
  }

  /** Those of a group and of all around it; in a container the own group is the root. */
  private static void limits(
      Function<String, Optional<String>> files,
      String root,
      String group,
      String file,
      List<Long> found) {
    for (String folder = group.equals("/") ? "" : group; ; ) {
      files
          .apply(root + folder + file)
          .map(String::strip)
          .filter(text -> NUMBER.matcher(text).matches())
          .ifPresent(text -> found.add(Long.parseLong(text)));
      int parent = folder.lastIndexOf('/');
      if (parent < 0) {
        return;
      }
      folder = folder.substring(0, parent);
    }
  }

  private static List<String> options(List<String> arguments, Map<String, String> environment) {
    List<String> all = new ArrayList<>();
    for (String variable : OPTION_VARIABLES) {
      all.addAll(List.of(environment.getOrDefault(variable, "").split("\\s+")));
    }
    all.addAll(arguments);
    return all;
  }

  /** The last that is given counts. */
  private static OptionalLong direct(List<String> options) {
    OptionalLong last = OptionalLong.empty();
    for (String option : options) {
      Matcher given = DIRECT.matcher(option);
      if (given.matches()) {
        int shift =
            switch (given.group(2)) {
              case "k", "K" -> 10;
              case "m", "M" -> 20;
              case "g", "G" -> 30;
              default -> 0;
            };
        last = OptionalLong.of(Long.parseLong(given.group(1)) << shift);
      }
    }
    return last;
  }

  private static Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(Path.of(path)));
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }
}
