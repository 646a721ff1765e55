package org.meetjar.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.meetjar.machine.Machine;

/**
 * Whether the kernel gives the sockets the buffers that they ask for.
 *
 * @param wanted in bytes
 */
record UdpBuffersCheck(Machine machine, long wanted) implements Check {
  @Override
  public String name() {
    return "udp-buffers";
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    for (String name : List.of("net.core.rmem_max", "net.core.wmem_max")) {
      OptionalLong most = machine.number("/proc/sys/" + name.replace('.', '/'));
      if (most.isEmpty()) {
        findings.add(note(name + " cannot be read", ""));
      } else if (most.getAsLong() < wanted) {
        findings.add(
            warning(
                name
                    + " is "
                    + most.getAsLong()
                    + ", less than the "
                    + wanted
                    + " asked for:"
                    + " bursts of video may be lost",
                "`meet.jar install` raises it, or: sysctl -w " + name + "=" + 2 * wanted));
      } else {
        findings.add(ok(name + " is " + most.getAsLong()));
      }
    }
    return findings;
  }
}
