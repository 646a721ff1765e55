package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.systemd.FakeSystemd;

/** The packaged jar as a service: what it says to systemd, and how it is installed. */
class ServiceIT {
  @TempDir Path folder;

  @Test
  void tellsSystemdThatItIsReadyThatItLivesAndThatItStops() throws Exception {
    try (FakeSystemd systemd = new FakeSystemd(folder);
        PackagedJar jar =
            PackagedJar.serveWith(
                Map.of("NOTIFY_SOCKET", systemd.socket().toString(), "WATCHDOG_USEC", "1000000"),
                folder.resolve("data"))) {
      systemd.await("READY=1");
      assertThat(systemd.next()).startsWith("STATUS=serving http");
      systemd.await("WATCHDOG=1");
      systemd.await("WATCHDOG=1");
      assertThat(jar.stop()).isEqualTo(143);
      systemd.await("STOPPING=1");
    }
  }

  @Test
  void aDryRunShowsTheFilesAndWritesNone() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));

    PackagedJar.Result result =
        PackagedJar.run(
            "", "--domain", "meet.example.org", "install", "--dry-run", "--root", root.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("write " + root.resolve("etc/systemd/system/meet.service"))
        .contains("    Type=notify")
        .contains("    domain = \"meet.example.org\"");
    try (Stream<Path> all = Files.list(root)) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void installsIntoARootAndTakesItAwayAgain() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    DebianTool.require("systemd-sysusers", "systemd");

    PackagedJar.Result installed =
        PackagedJar.run("", "install", "--root", root.toString(), "--domain", "meet.example.org");

    assertThat(installed.err()).isEmpty();
    assertThat(installed.exitCode()).isZero();
    assertThat(root.resolve("usr/local/lib/meetjar/meet.jar"))
        .hasSameBinaryContentAs(Path.of(System.getProperty("meet.jar")));
    assertThat(root.resolve("etc/passwd")).content().contains("meetjar:");
    assertThat(root.resolve("var/lib/meetjar")).isDirectory();
    assertThat(root.resolve("etc/systemd/system/multi-user.target.wants/meet.service"))
        .isSymbolicLink();
    List<String> owner =
        List.of(
            String.valueOf(Files.getAttribute(root.resolve("var/lib/meetjar"), "unix:uid")),
            Files.readString(root.resolve("etc/passwd"))
                .lines()
                .filter(line -> line.startsWith("meetjar:"))
                .map(line -> line.split(":")[2])
                .findFirst()
                .orElseThrow());
    assertThat(owner.get(0)).isEqualTo(owner.get(1));

    PackagedJar.Result purged =
        PackagedJar.run("", "uninstall", "--purge", "--root", root.toString());

    assertThat(purged.exitCode()).isZero();
    try (Stream<Path> left = Files.walk(root)) {
      assertThat(left.filter(file -> file.toString().contains("meet"))).isEmpty();
    }
    assertThat(root.resolve("etc/passwd")).content().doesNotContain("meetjar:");
  }

  @Test
  void theSystemItselfIsChangedByRootAlone() throws Exception {
    Path readable = Files.createTempDirectory("meet");
    try {
      Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));

      PackagedJar.Result result = PackagedJar.runUnprivileged(readable, "install");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("run it as root");
    } finally {
      Files.deleteIfExists(readable.resolve("meet.jar"));
      Files.delete(readable);
    }
  }
}
