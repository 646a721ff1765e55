package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The memory that a process may use, read from what the kernel tells it. */
class MachineMemoryTest {
  private final Map<String, String> files = new HashMap<>();

  private MachineMemory read(String... options) {
    return MachineMemory.of(1000, List.of(options), path -> Optional.ofNullable(files.get(path)));
  }

  @Test
  void aMachineWithoutControlGroups() {
    files.put("/proc/meminfo", "MemTotal:        1000 kB\nMemFree: 7 kB\n");
    assertThat(read()).isEqualTo(new MachineMemory(1000, 1000, 1_024_000, false));
  }

  @Test
  void theUnitOfAService() {
    files.put("/proc/meminfo", "MemTotal:        1000 kB\n");
    files.put("/proc/self/cgroup", "0::/system.slice/meet.service\n");
    files.put("/sys/fs/cgroup/system.slice/meet.service/memory.max", "500000\n");
    files.put("/sys/fs/cgroup/system.slice/memory.max", "max\n");
    assertThat(read()).isEqualTo(new MachineMemory(1000, 1000, 500_000, true));
    files.put("/sys/fs/cgroup/system.slice/memory.max", "400000\n");
    assertThat(read().total()).isEqualTo(400_000);
  }

  @Test
  void aContainerThatSeesItsOwnGroupAsTheRoot() {
    files.put("/proc/meminfo", "MemTotal:        1000 kB\n");
    files.put("/proc/self/cgroup", "0::/\n");
    files.put("/sys/fs/cgroup/memory.max", "300000\n");
    assertThat(read()).isEqualTo(new MachineMemory(1000, 1000, 300_000, true));
  }

  @Test
  void controlGroupsOfTheFirstVersion() {
    files.put("/proc/meminfo", "MemTotal:        1000 kB\n");
    files.put("/proc/self/cgroup", "4:cpu,cpuacct:/a\n3:memory:/docker/b\n0::/c\n");
    files.put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(read().contained()).isFalse();
    // inside the container the group's path is not there, its files are at the root
    files.put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "200000\n");
    assertThat(read()).isEqualTo(new MachineMemory(1000, 1000, 200_000, true));
  }

  @Test
  void aLimitAboveWhatTheMachineHasIsNone() {
    files.put("/proc/meminfo", "MemTotal:        1000 kB\n");
    files.put("/proc/self/cgroup", "0::/\n");
    files.put("/sys/fs/cgroup/memory.max", "2000000\n");
    assertThat(read()).isEqualTo(new MachineMemory(1000, 1000, 1_024_000, false));
  }

  @Test
  void otherSystemsTellNothing() {
    assertThat(read()).isEqualTo(new MachineMemory(1000, 1000, Long.MAX_VALUE, false));
  }

  @Test
  void theLastOfTheOptionsCounts() {
    assertThat(read("-XX:MaxDirectMemorySize=5k").direct()).isEqualTo(5 << 10);
    assertThat(read("-XX:MaxDirectMemorySize=5k", "-Xmx9g", "-XX:MaxDirectMemorySize=7m").direct())
        .isEqualTo(7 << 20);
    assertThat(read("-XX:MaxDirectMemorySize=12345").direct()).isEqualTo(12345);
    assertThat(read("-jar", "meet.jar").direct()).isEqualTo(1000);
  }

  @Test
  void thisProcessHasSome() {
    MachineMemory here = MachineMemory.here();
    assertThat(here.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(here.direct()).isPositive();
    assertThat(here.total()).isGreaterThan(100_000_000);
  }
}
