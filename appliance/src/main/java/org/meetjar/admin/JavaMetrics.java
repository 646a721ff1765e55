package org.meetjar.admin;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.List;

/** The process and its Java, as figures. Loads Java's management when it is first asked. */
final class JavaMetrics {
  private static final double MILLIS = 1000;

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
}
