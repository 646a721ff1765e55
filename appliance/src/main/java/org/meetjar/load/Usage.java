package org.meetjar.load;

import java.util.Optional;
import org.meetjar.load.system.ProcessSample;

/**
 * What a process used between two looks at it.
 *
 * @param cores of CPU on average
 * @param collectionMs in garbage collections
 */
record Usage(
    long cpuNanos, double cores, double residentMb, double peakMb, Optional<Double> collectionMs) {

  static Usage between(ProcessSample before, ProcessSample after, long nanos) {
    long cpu = after.cpuNanos() - before.cpuNanos();
    return new Usage(
        cpu,
        (double) cpu / nanos,
        after.residentBytes() / 1048576.0,
        after.peakBytes() / 1048576.0,
        before
            .collectionNanos()
            .flatMap(first -> after.collectionNanos().map(last -> (last - first) / 1e6)));
  }
}
