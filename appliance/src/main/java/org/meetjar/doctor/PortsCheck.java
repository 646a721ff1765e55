package org.meetjar.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meetjar.machine.Machine;

/**
 * Whether each port is free to bind, or held by the appliance that runs.
 *
 * @param held the ports of the appliance that runs, as {@link ListeningPort#toString} has them
 */
record PortsCheck(Machine machine, List<ListeningPort> ports, Set<String> held, PortProbe probe)
    implements Check {
  private static final Pattern HOLDER = Pattern.compile("users:\\(\\(\"([^\"]{1,64})\",pid=(\\d+)");

  @Override
  public String name() {
    return "ports";
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    for (ListeningPort port : ports) {
      String subject = port + " (" + port.use() + ") ";
      findings.add(
          switch (probe.probe(port)) {
            case FREE ->
                held.isEmpty()
                    ? ok(subject + "is free")
                    : unused(port, subject + "is free, though the appliance runs");
            case TAKEN ->
                held.contains(port.toString())
                    ? ok(subject + "is held by the appliance that runs")
                    : taken(port, subject);
            case NOT_ALLOWED ->
                held.contains(port.toString())
                    ? ok(subject + "is held by the appliance that runs")
                    : note(
                        subject + "may not be bound by this user",
                        "look again as root; the service has the capability for it");
          });
    }
    return findings;
  }

  private Finding unused(ListeningPort port, String text) {
    String remedy = "restart the appliance if its settings have changed, or see its log";
    return port.needed() ? failure(text, remedy) : warning(text, remedy);
  }

  private Finding taken(ListeningPort port, String subject) {
    String text = subject + "is held by " + holder(port).orElse("another program");
    String remedy = "stop that, or choose another port with " + port.setting();
    return port.needed() ? failure(text, remedy) : warning(text, remedy);
  }

  /** Who has it, if the system tells us: {@code ss} knows for root. */
  private Optional<String> holder(ListeningPort port) {
    return machine
        .ask("ss", "-H", "-l", "-n", "-p", port.udp() ? "-u" : "-t", "sport = :" + port.number())
        .map(HOLDER::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1) + " (process " + found.group(2) + ")");
  }
}
