package org.meetjar.load.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process has used up to now.
 *
 * @param cpuNanos of all threads that it ever had, in steps of ten milliseconds
 * @param residentBytes now
 * @param peakBytes the most that was ever resident
 * @param collectionNanos in garbage collections; empty when it is no JVM that tells
 */
public record ProcessSample(
    long cpuNanos, long residentBytes, long peakBytes, Optional<Long> collectionNanos) {
  /** Clock ticks that {@code /proc} counts in: a hundred a second on every Linux that there is. */
  private static final long TICK_NANOS = 10_000_000;

  /** Looks at a process; empty where there is none, or no {@code /proc}. */
  public static Optional<ProcessSample> of(long pid) {
    Path folder = Path.of("/proc", Long.toString(pid));
    try {
      String stat = Files.readString(folder.resolve("stat"));
      String status = Files.readString(folder.resolve("status"));
      return Optional.of(
          new ProcessSample(
              cpuNanos(stat),
              kilobytes(status, "VmRSS:") * 1024,
              kilobytes(status, "VmHWM:") * 1024,
              HotSpotCounters.collectionNanos(pid)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** User and system time, fields 14 and 15; the name in field 2 may hold anything. */
  static long cpuNanos(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
  }

  static long kilobytes(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .findFirst()
        .orElse(0);
  }
}
