package org.meetjar.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.meetjar.config.LogLevel;
import org.meetjar.config.Settings;
import org.meetjar.doctor.Doctor;
import org.meetjar.doctor.Report;
import org.meetjar.machine.Machine;
import org.meetjar.store.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code doctor}: give it the settings of the server. */
@Command(
    name = "doctor",
    description =
        "Looks whether people will reach the server, and says what to do if not. Ends with 0 when"
            + " all is well, 3 after warnings, 4 after failures.")
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private MeetCommand parent;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Override
  public Integer call() {
    Logging.configure(LogLevel.ERROR);
    Settings settings = parent.settings();
    Report report =
        new Doctor(
                settings,
                Machine.here(),
                DataFolder.controlSocket(settings.data()),
                new Version().getVersion()[0])
            .examine();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(json ? report.toJson() + System.lineSeparator() : report.toText());
    return report.exitCode();
  }
}
