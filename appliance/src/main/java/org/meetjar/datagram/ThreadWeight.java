package org.meetjar.datagram;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of a busy core a thread gets beside others: Linux' niceness, which each thread has of
 * its own (setpriority(2), sched(7)). Making a thread lighter needs no right; making it heavier
 * does, and is not insisted on. Does nothing where the system's calls are not used.
 */
public final class ThreadWeight {
  private static final Logger log = LoggerFactory.getLogger(ThreadWeight.class);
  private static final Path THREADS = Path.of("/proc/self/task");

  private final boolean available;

  ThreadWeight(boolean available) {
    this.available = available;
  }

  /**
   * Sets the calling thread's.
   *
   * @param nice -20 (most of the core) to 19
   * @return whether that was allowed
   */
  public boolean own(int nice) {
    return available && DatagramIo.systemCalls().setpriority(Linux.PRIO_PROCESS, 0, nice) >= 0;
  }

  /**
   * Sets that of the virtual machine's compiler threads, and so of those that it adds later.
   *
   * @return how many there were
   */
  public int ofCompilers(int nice) {
    // Their names are C1 CompilerThread0 and so on, of which the system keeps 15 characters.
    return available ? of(name -> name.contains("CompilerThre"), nice) : 0;
  }

  private static int of(Predicate<String> which, int nice) {
    SystemCalls calls = DatagramIo.systemCalls();
    int changed = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        if (which.test(name(thread))) {
          int number = Integer.parseInt(thread.getFileName().toString());
          changed += calls.setpriority(Linux.PRIO_PROCESS, number, nice) >= 0 ? 1 : 0;
        }
      }
    } catch (IOException | NumberFormatException e) {
      log.debug("threads keep their weight", e);
    }
    return changed;
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException ended) {
      return "";
    }
  }
}
