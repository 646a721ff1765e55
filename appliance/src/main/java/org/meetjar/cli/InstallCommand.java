package org.meetjar.cli;

import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.meetjar.config.StartFailure;
import org.meetjar.install.Installation;
import org.meetjar.install.Places;
import org.meetjar.install.Plan;
import org.meetjar.machine.Machine;
import org.meetjar.machine.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code install}: the service, with the settings that are on the command line. */
@Command(
    name = "install",
    description =
        "Makes this jar a service of systemd; as root. The other options are its settings, such as"
            + " --domain.")
final class InstallCommand implements Callable<Integer> {
  /** Long enough for a service to come up on a slow machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @ParentCommand private MeetCommand parent;

  @Option(names = "--dry-run", description = "Only show what would be done, files included.")
  private boolean dry;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Install into a folder that will be another machine's root (an image).")
  private Path root = Path.of("/");

  @Option(names = "--no-start", description = "Leave the service as it is until the next boot.")
  private boolean later;

  @Override
  public Integer call() {
    parent.settings();
    Map<String, List<String>> given = new LinkedHashMap<>(parent.given());
    given.remove("data");
    Plan plan = new Installation(machine(root)).install(jar(), java(), given, !later);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    carryOut(plan, dry, root, out);
    if (!dry) {
      out.println(
          "Installed. The settings are in "
              + Places.SETTINGS
              + "; `meet doctor` tells whether people will reach the server, `journalctl -u meet`"
              + " what it says.");
    }
    return 0;
  }

  static Machine machine(Path root) {
    return new Machine(root.toAbsolutePath().normalize(), Programs.ofSystem(PATIENCE));
  }

  /** Shows the plan, or does it if we may. */
  static void carryOut(Plan plan, boolean dry, Path root, PrintStream out) {
    if (dry) {
      plan.show(out);
      return;
    }
    if (root.equals(Path.of("/")) && !"root".equals(System.getProperty("user.name"))) {
      throw new StartFailure("This changes the system: run it as root, or see it with --dry-run.");
    }
    plan.carryOut(out);
  }

  private static Path jar() {
    try {
      Path jar =
          Path.of(InstallCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        return jar;
      }
    } catch (URISyntaxException notAFile) {
      // told below
    }
    throw new StartFailure("Only a packaged jar can be installed: run meet.jar itself.");
  }

  private static Path java() {
    Optional<String> command = ProcessHandle.current().info().command();
    return Path.of(
        command.orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
  }
}
