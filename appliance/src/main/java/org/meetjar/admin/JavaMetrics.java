package org.meetjar.admin;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The process and its Java, as figures. Loads Java's management when it is first asked. */
final class JavaMetrics {
  private static final double MILLIS = 1000;
  private static final Pattern NUMBER = Pattern.compile("[-# ]*[0-9].*");

  private JavaMetrics() {}

  static List<Measurement> measure() {
    List<Measurement> all = new ArrayList<>();
    all.add(
        Measurement.counter(
            "process_cpu_seconds",
            "Time of all processors together.",
            ProcessLoad.cpuTime().toNanos() / 1e9));
    all.add(
        Measurement.gauge(
            "process_resident_memory_bytes",
            "Memory that the process holds.",
            ProcessLoad.residentBytes()));
    all.add(
        Measurement.gauge(
            "process_start_time_seconds",
            "When the process started, since 1970.",
            ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS));
    all.add(
        Measurement.gauge(
            "jvm_threads_current",
            "Threads that run.",
            ManagementFactory.getThreadMXBean().getThreadCount()));
    all.addAll(allocated());
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      all.add(
          Measurement.gauge(
                  "jvm_memory_pool_used_bytes",
                  "Memory in use, by pool.",
                  pool.getUsage().getUsed())
              .with("pool", pool.getName()));
      if (pool.getUsage().getMax() >= 0) {
        all.add(
            Measurement.gauge(
                    "jvm_memory_pool_max_bytes",
                    "Memory that may be used, by pool.",
                    pool.getUsage().getMax())
                .with("pool", pool.getName()));
      }
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      all.add(
          Measurement.counter(
                  "jvm_gc_collections", "Garbage collections.", collector.getCollectionCount())
              .with("gc", collector.getName()));
      all.add(
          Measurement.counter(
                  "jvm_gc_collection_seconds",
                  "Time in garbage collections.",
                  collector.getCollectionTime() / MILLIS)
              .with("gc", collector.getName()));
    }
    return all;
  }

  /** By what threads are called before their numbers: what a media loop makes per packet shows. */
  private static List<Measurement> allocated() {
    List<Measurement> all = new ArrayList<>();
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        && threads.isThreadAllocatedMemorySupported()) {
      Map<String, Long> byKind = new TreeMap<>();
      ThreadInfo[] living = threads.getThreadInfo(threads.getAllThreadIds());
      for (ThreadInfo thread : living) {
        if (thread != null) {
          long bytes = threads.getThreadAllocatedBytes(thread.getThreadId());
          byKind.merge(NUMBER.matcher(thread.getThreadName()).replaceFirst(""), bytes, Long::sum);
        }
      }
      byKind.forEach(
          (kind, bytes) ->
              all.add(
                  Measurement.gauge(
                          "jvm_threads_allocated_bytes",
                          "What the threads that run have allocated so far, by what they are.",
                          bytes)
                      .with("threads", kind)));
    }
    return all;
  }
}
