package org.meetjar.doctor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meetjar.address.AddressRules;
import org.meetjar.config.IpAddress;

/**
 * Whether the names of this server lead to this machine.
 *
 * @param resolver gives a name's addresses; empty when nobody answers
 * @param own the addresses that the machine has
 * @param offered those under which it is known
 */
record DnsCheck(
    List<String> names,
    Function<String, Optional<List<InetAddress>>> resolver,
    List<InetAddress> own,
    List<InetAddress> offered)
    implements Check {
  @Override
  public String name() {
    return "dns";
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    for (String name : names) {
      if (IpAddress.parse(name).isPresent()) {
        findings.add(ok(name + " is an address, which needs no DNS"));
      } else if (name.indexOf('.') < 0 || name.endsWith(".localhost")) {
        findings.add(note(name + " is no name of the Internet", "for others: --domain NAME"));
      } else {
        findings.addAll(examine(name, resolver.apply(name)));
      }
    }
    return findings;
  }

  private List<Finding> examine(String name, Optional<List<InetAddress>> answer) {
    if (answer.isEmpty()) {
      return List.of(
          warning(
              "no name server has answered for " + name,
              "see what /etc/resolv.conf names, and whether UDP 53 gets out"));
    }
    if (answer.get().isEmpty()) {
      return List.of(
          failure(
              name + " has no address in the DNS",
              "make an A record" + target() + ", and an AAAA record if there is IPv6"));
    }
    List<Finding> findings = new ArrayList<>();
    for (InetAddress address : answer.get()) {
      String record = name + (address instanceof Inet6Address ? " AAAA " : " A ");
      String text = record + IpAddress.text(address);
      if (own.contains(address) || offered.contains(address)) {
        findings.add(ok(text + " is this machine"));
      } else if (knowsItself(address)) {
        findings.add(
            failure(
                text + " is another machine",
                "change the record"
                    + target()
                    + ", or remove it; behind a proxy that is meant so,"
                    + " name this machine's address with --public-ip"));
      } else {
        findings.add(
            note(
                text + " is not an address of this machine, which may stand behind it",
                "if it does, see that its ports are led here"));
      }
    }
    return findings;
  }

  /** Whether we know an address of our own in that family, by which the Internet reaches us. */
  private boolean knowsItself(InetAddress address) {
    return offered.stream()
        .anyMatch(
            it ->
                it.getAddress().length == address.getAddress().length
                    && !AddressRules.isForbidden(it));
  }

  private String target() {
    String best =
        offered.stream()
            .filter(it -> !AddressRules.isForbidden(it))
            .map(IpAddress::text)
            .collect(Collectors.joining(" or "));
    return best.isEmpty() ? "" : " for " + best;
  }
}
