package org.meetjar.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void numbersOfTheKernelAreReadWhole() throws Exception {
    Process shell = new ProcessBuilder("cat", "/proc/sys/kernel/pid_max").start();
    long expected = Long.parseLong(new String(shell.getInputStream().readAllBytes()).strip());
    assertThat(Machine.here().number("/proc/sys/kernel/pid_max")).hasValue(expected);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    Machine machine = new Machine(folder, command -> java.util.Optional.empty());
    assertThat(machine.text("/proc/none")).isEmpty();
    assertThat(machine.number("/proc/none")).isEmpty();
    assertThat(machine.isHere()).isFalse();
    assertThat(machine.isRunBySystemd()).isFalse();
  }

  @Test
  void whatIsNoNumberIsEmpty() throws IOException {
    Files.writeString(folder.resolve("limit"), "max\n");
    Machine machine = new Machine(folder, command -> java.util.Optional.empty());
    assertThat(machine.text("/limit")).contains("max\n");
    assertThat(machine.number("/limit")).isEmpty();
  }

  @Test
  void programsTellHowTheyEnded() {
    Programs programs = Programs.ofSystem(Duration.ofSeconds(30));
    assertThat(programs.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3")))
        .hasValueSatisfying(
            outcome -> {
              assertThat(outcome.exitCode()).isEqualTo(3);
              assertThat(outcome.succeeded()).isFalse();
              assertThat(outcome.output()).contains("out").contains("err");
            });
    assertThat(programs.run(List.of("no-such-program"))).isEmpty();
  }

  @Test
  void programsThatDoNotEndAreEnded() {
    assertThat(Programs.ofSystem(Duration.ofMillis(100)).run(List.of("sleep", "600"))).isEmpty();
  }
}
