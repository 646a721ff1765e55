package org.meetjar.doctor;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meetjar.machine.Machine;

/** Whether the unit is there, comes with the next boot, and runs. */
record SystemdCheck(Machine machine) implements Check {
  private static final String INSTALL = "java -jar meet.jar install";

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  public List<Finding> run() {
    boolean there = Files.exists(machine.path("/etc/systemd/system/meet.service"));
    if (!machine.isRunBySystemd()) {
      return List.of(
          note(
              there
                  ? "the unit is there, but systemd does not run this machine"
                  : "systemd does not run this machine",
              "see that something starts the appliance after a boot"));
    }
    if (!there) {
      return List.of(warning("there is no unit: nothing starts the server after a boot", INSTALL));
    }
    Optional<Map<String, String>> state = state();
    if (state.isEmpty()) {
      return List.of(note("systemd does not tell about the unit", ""));
    }
    String load = state.get().getOrDefault("LoadState", "");
    String enabled = state.get().getOrDefault("UnitFileState", "");
    String active = state.get().getOrDefault("ActiveState", "");
    if (!load.equals("loaded")) {
      return List.of(
          failure("systemd has not loaded the unit (" + load + ")", "systemctl daemon-reload"));
    }
    return List.of(
        enabled.equals("enabled")
            ? ok("the unit is enabled")
            : warning("the unit does not start with the machine", "systemctl enable meet"),
        active.equals("active")
            ? ok("the unit runs")
            : failure("the unit is " + active, "systemctl start meet; journalctl -u meet -e"));
  }

  private Optional<Map<String, String>> state() {
    return machine
        .ask("systemctl", "show", "meet.service", "-p", "LoadState,UnitFileState,ActiveState")
        .map(
            text ->
                text.lines()
                    .map(line -> line.split("=", 2))
                    .filter(parts -> parts.length == 2)
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a)));
  }
}
