package org.meetjar.doctor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.meetjar.address.AddressRules;
import org.meetjar.address.MappedAddress;
import org.meetjar.config.IpAddress;

/**
 * Under which addresses clients are told to send media.
 *
 * @param publicDomain whether people come from the Internet
 * @param offered those addresses
 * @param mapped those among them that somebody has told us, since the machine does not have them
 */
record AddressCheck(boolean publicDomain, List<InetAddress> offered, List<MappedAddress> mapped)
    implements Check {
  @Override
  public String name() {
    return "address";
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    String all = offered.stream().map(IpAddress::text).collect(Collectors.joining(", "));
    String told =
        mapped.stream()
            .map(it -> ", of which " + IpAddress.text(it.address()) + " was told by " + it.source())
            .collect(Collectors.joining());
    boolean reachable = offered.stream().anyMatch(it -> !AddressRules.isForbidden(it));
    if (publicDomain && !reachable) {
      findings.add(
          warning(
              "media is offered at " + all + " only, which the Internet does not reach",
              "name the address under which it does: --public-ip ADDRESS"));
    } else {
      findings.add(ok("media is offered at " + all + told));
    }
    if (publicDomain
        && offered.stream()
            .noneMatch(it -> it instanceof Inet6Address && !AddressRules.isForbidden(it))) {
      findings.add(note("there is no IPv6 address of the Internet; IPv4 is enough", ""));
    }
    return findings;
  }
}
