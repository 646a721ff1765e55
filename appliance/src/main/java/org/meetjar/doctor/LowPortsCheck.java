package org.meetjar.doctor;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meetjar.machine.Machine;

/** Whether ports below 1024 may be bound: by the service, or by who runs this. */
record LowPortsCheck(Machine machine, List<ListeningPort> ports) implements Check {
  private static final Pattern EFFECTIVE = Pattern.compile("(?m)^CapEff:\\s*([0-9a-f]{1,16})");
  private static final int NET_BIND_SERVICE = 10;
  private static final int USUAL_START = 1024;

  @Override
  public String name() {
    return "low-ports";
  }

  @Override
  public List<Finding> run() {
    long start =
        machine.number("/proc/sys/net/ipv4/ip_unprivileged_port_start").orElse(USUAL_START);
    List<ListeningPort> low =
        ports.stream().filter(port -> port.number() > 0 && port.number() < start).toList();
    if (low.isEmpty()) {
      return List.of(ok("no port needs special rights"));
    }
    String which = low.stream().map(ListeningPort::toString).collect(Collectors.joining(", "));
    Optional<String> unit = machine.text("/etc/systemd/system/meet.service");
    if (unit.isPresent()) {
      boolean granted =
          unit.get()
              .lines()
              .anyMatch(
                  line ->
                      line.startsWith("AmbientCapabilities=")
                          && line.contains("CAP_NET_BIND_SERVICE"));
      return List.of(
          granted
              ? ok("the service may bind " + which)
              : failure(
                  "the service may not bind " + which,
                  "AmbientCapabilities=CAP_NET_BIND_SERVICE in its unit"));
    }
    boolean capable =
        machine
            .text("/proc/self/status")
            .map(EFFECTIVE::matcher)
            .filter(Matcher::find)
            .map(found -> new BigInteger(found.group(1), 16).testBit(NET_BIND_SERVICE))
            .orElse(false);
    return List.of(
        capable
            ? ok("this user may bind " + which)
            : warning(
                "this user may not bind " + which,
                "install the service, which may, or choose ports from " + start + " on"));
  }
}
