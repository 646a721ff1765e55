package org.meetjar.load.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessSampleTest {
  @Test
  void thisProcessIsSeen() {
    assumeThat(Files.exists(Path.of("/proc/self/stat"))).as("a system with /proc").isTrue();

    ProcessSample sample = ProcessSample.of(ProcessHandle.current().pid()).orElseThrow();

    assertThat(sample.cpuNanos()).isPositive();
    assertThat(sample.residentBytes()).isPositive();
    assertThat(sample.peakBytes()).isGreaterThanOrEqualTo(sample.residentBytes());
    assertThat(sample.collectionNanos()).isPresent();
  }

  @Test
  void aProcessThatIsNotThereIsNotSeen() {
    assertThat(ProcessSample.of(-1)).isEmpty();
  }

  @Test
  void aNameMayHoldAnything() {
    String stat = "7 (a b) c) S 1 7 7 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 30 0 100 1000000 500";

    assertThat(ProcessSample.cpuNanos(stat)).isEqualTo(3_000_000_000L);
  }

  @Test
  void collectionsOfAllKindsCount() {
    assertThat(
            HotSpotCounters.collectionNanos(
                Map.of(
                    "sun.os.hrt.frequency", 1_000L,
                    "sun.gc.collector.0.time", 3L,
                    "sun.gc.collector.1.time", 4L)))
        .contains(7_000_000L);
    assertThat(HotSpotCounters.collectionNanos(Map.of())).isEqualTo(Optional.empty());
  }

  @Test
  void dropsOfTheNamedPortsCount() {
    String line =
        "  123: 00000000:2710 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
            + "        0 4711 2 0000000000000000 42";

    assertThat(SocketDrops.drops(line, Set.of(10000))).isEqualTo(42);
    assertThat(SocketDrops.drops(line, Set.of(10001))).isZero();
  }
}
