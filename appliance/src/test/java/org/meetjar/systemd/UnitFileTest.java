package org.meetjar.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.DebianTool;

/** The unit as it is shipped, before systemd's own eyes. */
class UnitFileTest {
  private static final Path UNIT = Path.of("..", "systemd", "meet.service");

  private static Path systemdAnalyze;

  @TempDir Path folder;

  @BeforeAll
  static void tool() throws Exception {
    systemdAnalyze = DebianTool.require("systemd-analyze", "systemd");
  }

  @Test
  void systemdUnderstandsEveryLine() throws Exception {
    Outcome verified = run("verify", "--man=no", runnable().toString());
    assertThat(verified.output).isEmpty();
    assertThat(verified.exitCode).isZero();
  }

  @Test
  void isHardened() throws Exception {
    Outcome judged =
        run(
            "security",
            "--offline=true",
            "--threshold=20",
            "--no-pager",
            UNIT.toAbsolutePath().toString());
    assertThat(judged.exitCode).as(judged.output).isZero();
    assertThat(judged.output)
        .containsPattern("Overall exposure level for meet.service: [01]\\.\\d");
  }

  @Test
  void asksForWhatTheApplianceGives() throws Exception {
    assertThat(Files.readString(UNIT))
        .contains("\nType=notify\n")
        .contains("\nWatchdogSec=")
        .contains("\nRestart=always\n")
        .contains("\nStateDirectory=meetjar\n")
        .contains("\nProtectSystem=strict\n")
        .contains("\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\n")
        .contains("\nLimitNOFILE=")
        .contains("\nMemoryMax=")
        .contains(" -XX:+ExitOnOutOfMemoryError ");
  }

  /** The unit with a program that this machine has: verify looks for it. */
  private Path runnable() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String text =
        Files.readString(UNIT).replace("ExecStart=/usr/bin/java ", "ExecStart=" + java + " ");
    return Files.writeString(folder.resolve("meet.service"), text);
  }

  private static Outcome run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(systemdAnalyze.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private record Outcome(int exitCode, String output) {}
}
