package org.meetjar.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.SettingsReader;
import org.meetjar.config.StartFailure;
import org.meetjar.machine.Machine;
import org.meetjar.machine.Programs;

/** Into a folder that will be a machine, with programs that only note that they were asked for. */
class InstallationTest {
  private static final Path JAVA = Path.of("/usr/bin/java");

  @TempDir Path folder;
  private final List<String> ran = new ArrayList<>();
  private Path root;
  private Path jar;
  private Installation installation;

  @BeforeEach
  void machine() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    jar = Files.writeString(folder.resolve("meet.jar"), "the appliance");
    installation = on(command -> Optional.of(new Programs.Outcome(0, "")));
  }

  private Installation on(Programs programs) {
    return new Installation(
        new Machine(
            root,
            command -> {
              ran.add(String.join(" ", command));
              return programs.run(command);
            }));
  }

  @Test
  void putsEverythingInItsPlace() throws IOException {
    install(Map.of("domain", List.of("meet.example.org")));

    assertThat(text(Places.JAR)).isEqualTo("the appliance");
    assertThat(text(Places.UNIT))
        .isEqualTo(Files.readString(Path.of("..", "systemd", "meet.service")));
    assertThat(text(Places.LIMITS)).contains("net.core.rmem_max = 16777216");
    assertThat(text(Places.USERS)).startsWith("u meetjar ");
    assertThat(text(Places.FOLDERS)).contains("d /var/lib/meetjar 0700 meetjar meetjar");
    assertThat(rights(Places.SETTINGS)).isEqualTo("rw-r-----");
    assertThat(rights(Places.COMMAND)).isEqualTo("rwxr-xr-x");
    assertThat(ran)
        .containsExactly(
            "systemd-sysusers --root=" + root + " meetjar.conf",
            "systemd-tmpfiles --root=" + root + " --create meetjar.conf",
            "systemctl --root=" + root + " enable meet.service");
  }

  @Test
  void whatIsGivenIsInTheSettings() {
    install(
        Map.of(
            "domain", List.of("meet.example.org"),
            "public-ip", List.of("203.0.113.5"),
            "server-name", List.of("Ada's \"place\"")));

    var settings = new SettingsReader().file(path(Places.SETTINGS)).read();
    assertThat(settings.domain()).isEqualTo("meet.example.org");
    assertThat(settings.address().publicIps()).containsExactly("203.0.113.5");
    assertThat(settings.http().serverName()).isEqualTo("Ada's \"place\"");
  }

  @Test
  void settingsThatAreThereAreKept() throws IOException {
    Files.createDirectories(path(Places.SETTINGS_FOLDER));
    Files.writeString(path(Places.SETTINGS), "domain = my.example.org\n");

    String said = install(Map.of("domain", List.of("other.example.org")));

    assertThat(text(Places.SETTINGS)).isEqualTo("domain = my.example.org\n");
    assertThat(said).contains("keep " + path(Places.SETTINGS)).contains("not changed");
  }

  @Test
  void anUpgradeReplacesTheJarAndKeepsTheData() throws IOException {
    install(Map.of());
    Files.createDirectories(path(Places.DATA));
    Files.writeString(path(Places.DATA + "/accounts"), "ada");
    Files.writeString(jar, "a newer appliance");

    install(Map.of());

    assertThat(text(Places.JAR)).isEqualTo("a newer appliance");
    assertThat(text(Places.DATA + "/accounts")).isEqualTo("ada");
  }

  @Test
  void aDryRunShowsAllOfItAndDoesNothing() throws IOException {
    String shown = shown(installation.install(jar, JAVA, Map.of(), true));

    assertThat(shown)
        .contains("copy " + jar + " to " + path(Places.JAR))
        .contains("write " + path(Places.UNIT) + " (rw-r--r--)\n    # Meetjar as a service")
        .contains("    Type=notify")
        .contains("run systemctl --root=" + root + " enable meet.service");
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files).isEmpty();
    }
    assertThat(ran).isEmpty();
  }

  @Test
  void uninstallingLeavesSettingsAndData() throws IOException {
    install(Map.of());
    Files.createDirectories(path(Places.DATA));
    ran.clear();

    carryOut(installation.uninstall(false));

    assertThat(files()).containsExactlyInAnyOrder(Places.SETTINGS, Places.USERS);
    assertThat(path(Places.DATA)).exists();
    assertThat(ran).containsExactly("systemctl --root=" + root + " disable meet.service");
  }

  @Test
  void purgingLeavesNothing() throws IOException {
    install(Map.of());
    Files.createDirectories(path(Places.DATA));
    Files.writeString(path(Places.DATA + "/accounts"), "ada");

    carryOut(installation.uninstall(true));

    assertThat(files()).isEmpty();
    assertThat(path(Places.DATA)).doesNotExist();
    assertThat(ran).contains("userdel --prefix " + root + " meetjar");
  }

  @Test
  void uninstallingWhatIsNotThereIsHarmless() {
    assertThat(carryOut(installation.uninstall(false))).contains("nothing to remove");
  }

  @Test
  void aProgramThatFailsEndsItInASentence() {
    Installation failing = on(command -> Optional.of(new Programs.Outcome(1, "no\n such thing")));
    assertThatThrownBy(() -> carryOut(failing.install(jar, JAVA, Map.of(), true)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("systemd-sysusers")
        .hasMessageContaining("failed (1): no such thing");
  }

  @Test
  void aMachineWithoutTheProgramIsToldSo() {
    Installation bare = on(command -> Optional.empty());
    assertThatThrownBy(() -> carryOut(bare.install(jar, JAVA, Map.of(), true)))
        .hasMessageContaining("systemd-sysusers is not on this machine");
  }

  @Test
  void aLimitIsRaisedAndNeverLowered() throws IOException {
    Path limit = path("/proc/sys/net/core/rmem_max");
    Files.createDirectories(limit.getParent());
    Machine machine = new Machine(root, command -> Optional.empty());
    Files.writeString(limit, "212992\n");
    new RaiseLimit(machine, "net.core.rmem_max", 4_194_304).run();
    assertThat(limit).hasContent("4194304");
    Files.writeString(limit, "16777216\n");
    new RaiseLimit(machine, "net.core.rmem_max", 4_194_304).run();
    assertThat(limit).hasContent("16777216");
  }

  @Test
  void theUnitRunsTheJavaThatInstallsWhenItIsNotTheUsualOne() {
    assertThat(Resources.unit("/opt/java/bin/java"))
        .contains("\nExecStart=/opt/java/bin/java -Xmx")
        .doesNotContain("/usr/bin/java");
    assertThat(Resources.javaOfUnit("/opt/java/bin/java"))
        .startsWith("/opt/java/bin/java", "-Xmx192m")
        .noneMatch(flag -> flag.contains("SharedArchiveFile"));
  }

  @Test
  void theShellUnderstandsTheCommand() throws Exception {
    Path script = Files.writeString(folder.resolve("meet"), Resources.command("/usr/bin/java"));
    Process checked = new ProcessBuilder("sh", "-n", script.toString()).inheritIO().start();
    assertThat(checked.waitFor()).isZero();
  }

  @Test
  void theSettingsFileIsTheSample() throws IOException {
    install(Map.of());
    assertThat(ConfigFactory.parseFile(path(Places.SETTINGS).toFile()))
        .isEqualTo(ConfigFactory.parseFile(Path.of("..", "config", "meet.conf").toFile()));
  }

  private String install(Map<String, List<String>> given) {
    return carryOut(installation.install(jar, JAVA, given, true));
  }

  private static String carryOut(Plan plan) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    plan.carryOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    return said.toString(StandardCharsets.UTF_8);
  }

  private static String shown(Plan plan) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    plan.show(new PrintStream(said, true, StandardCharsets.UTF_8));
    return said.toString(StandardCharsets.UTF_8);
  }

  private Path path(String place) {
    return root.resolve(place.substring(1));
  }

  private String text(String place) throws IOException {
    return Files.readString(path(place));
  }

  private String rights(String place) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path(place)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> "/" + root.relativize(file))
          .sorted()
          .toList();
    }
  }
}
