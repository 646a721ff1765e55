package org.meetjar.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.meetjar.install.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uninstall}: the reverse of {@link InstallCommand}. */
@Command(
    name = "uninstall",
    description = "Stops the service and removes it; settings and data stay. As root.")
final class UninstallCommand implements Callable<Integer> {
  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dry;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Uninstall from a folder that is another machine's root.")
  private Path root = Path.of("/");

  @Option(
      names = "--purge",
      description = "Remove settings, accounts, certificates and all other data, too.")
  private boolean purge;

  @Override
  public Integer call() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    InstallCommand.carryOut(
        new Installation(InstallCommand.machine(root)).uninstall(purge), dry, root, out);
    return 0;
  }
}
