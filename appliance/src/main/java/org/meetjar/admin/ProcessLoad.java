package org.meetjar.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the process takes of its machine. Blocks for a moment; from any thread. */
final class ProcessLoad {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessLoad() {}

  /** Time of all processors together, since the start. */
  static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  static long heapUsedBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  static long heapLimitBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  /** Resident memory where the system tells it (Linux), elsewhere what the heap has. */
  static long residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException notLinux) {
      // told below
    }
    return Runtime.getRuntime().totalMemory();
  }
}
