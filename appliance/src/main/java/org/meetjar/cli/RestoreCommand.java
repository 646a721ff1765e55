package org.meetjar.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.meetjar.config.LogLevel;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts a backup into the data folder. */
@Command(
    name = "restore",
    description = "Puts a backup into an empty data folder, while no appliance runs on it.")
final class RestoreCommand implements Callable<Integer> {
  @ParentCommand private MeetCommand parent;

  @Parameters(paramLabel = "FILE", description = "The zip file that backup has made.")
  private Path file;

  @Option(
      names = "--force",
      description = "Moves aside what the data folder has, rather than refuse.")
  private boolean force;

  @Override
  public Integer call() {
    Logging.configure(LogLevel.WARN);
    DataFolder folder = DataFolder.open(parent.settings().data());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Restore.from(file, folder, force, Clock.systemUTC())
        .ifPresent(kept -> out.println("What was there before is in " + kept));
    return 0;
  }
}
