package org.meetjar.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meetjar.machine.Machine;

/**
 * Hints from the firewall of the machine, which is only read: ufw, firewalld, nftables or iptables.
 * Whether a packet passes in the end only a packet can tell.
 */
record FirewallCheck(Machine machine, List<ListeningPort> ports) implements Check {
  private static final Pattern DROPS_INPUT =
      Pattern.compile("hook input [^}]*?policy (drop|reject)", Pattern.DOTALL);

  private static final Pattern LAST_WORD =
      Pattern.compile("hook input .*?\\n\\s+(drop|reject)[^\\n]*\\n\\s+}", Pattern.DOTALL);

  @Override
  public String name() {
    return "firewall";
  }

  @Override
  public List<Finding> run() {
    return ufw()
        .or(this::firewalld)
        .or(this::nftables)
        .or(this::iptables)
        .orElseGet(
            () ->
                List.of(
                    note(
                        "no firewall of this machine answers: there is none, or this user may not ask",
                        "look again as root if you are not; " + provider())));
  }

  private Optional<List<Finding>> ufw() {
    return machine
        .ask("ufw", "status")
        .filter(status -> status.startsWith("Status: active"))
        .map(
            status ->
                missing(
                    "ufw",
                    port -> {
                      String number = String.valueOf(port.number());
                      return status
                          .lines()
                          .filter(line -> line.contains("ALLOW"))
                          .map(line -> line.strip().split("\\s+")[0])
                          .anyMatch(
                              rule ->
                                  rule.equals(number)
                                      || rule.equals(port.toString())
                                      || within(rule, port));
                    },
                    port -> "ufw allow " + port));
  }

  private Optional<List<Finding>> firewalld() {
    return machine
        .ask("firewall-cmd", "--list-all")
        .map(
            zone ->
                missing(
                    "firewalld",
                    port ->
                        Pattern.compile("ports:[^\\n]*\\b" + port).matcher(zone).find()
                            || (port.toString().equals("443/tcp")
                                && zone.matches("(?s).*services:[^\\n]*\\bhttps\\b.*"))
                            || (port.toString().equals("80/tcp")
                                && zone.matches("(?s).*services:[^\\n]*\\bhttp\\b.*")),
                    port -> "firewall-cmd --permanent --add-port=" + port));
  }

  private Optional<List<Finding>> nftables() {
    return machine
        .ask("nft", "list", "ruleset")
        .map(
            rules -> {
              if (!DROPS_INPUT.matcher(rules).find() && !LAST_WORD.matcher(rules).find()) {
                return List.of(open("nftables"));
              }
              return missing(
                  "nftables",
                  port -> mentions(rules, port),
                  port ->
                      "nft add rule inet filter input "
                          + (port.udp() ? "udp" : "tcp")
                          + " dport "
                          + port.number()
                          + " accept");
            });
  }

  private Optional<List<Finding>> iptables() {
    return machine
        .ask("iptables", "-S", "INPUT")
        .map(
            rules -> {
              boolean drops =
                  rules.contains("-P INPUT DROP")
                      || Pattern.compile("(?m)^-A INPUT (-j (DROP|REJECT))").matcher(rules).find();
              if (!drops) {
                return List.of(open("iptables"));
              }
              return missing(
                  "iptables",
                  port ->
                      rules
                          .lines()
                          .filter(line -> line.contains("-j ACCEPT"))
                          .filter(line -> line.contains("-p " + (port.udp() ? "udp" : "tcp")))
                          .anyMatch(line -> numbers(line).contains(port.number())),
                  port ->
                      "iptables -I INPUT -p "
                          + (port.udp() ? "udp" : "tcp")
                          + " --dport "
                          + port.number()
                          + " -j ACCEPT");
            });
  }

  /** A rule that accepts names the port, or a set or range with it. */
  private static boolean mentions(String rules, ListeningPort port) {
    String protocol = port.udp() ? "udp" : "tcp";
    return rules
        .lines()
        .filter(line -> line.contains("accept"))
        .filter(line -> line.contains(protocol) || line.contains("th dport"))
        .anyMatch(line -> numbers(line).contains(port.number()));
  }

  private static final Pattern DIGITS = Pattern.compile("\\b\\d{1,5}\\b");

  private static List<Integer> numbers(String line) {
    return DIGITS.matcher(line).results().map(it -> Integer.parseInt(it.group())).toList();
  }

  /** Whether a rule such as {@code 10000:10100/udp} has the port in it. */
  private static boolean within(String rule, ListeningPort port) {
    String[] parts = rule.split("[:/]");
    return parts.length == 3
        && rule.endsWith(port.udp() ? "/udp" : "/tcp")
        && parts[0].matches("\\d{1,5}")
        && parts[1].matches("\\d{1,5}")
        && Integer.parseInt(parts[0]) <= port.number()
        && port.number() <= Integer.parseInt(parts[1]);
  }

  private List<Finding> missing(
      String firewall,
      java.util.function.Predicate<ListeningPort> isOpen,
      java.util.function.Function<ListeningPort, String> remedy) {
    List<ListeningPort> closed = ports.stream().filter(isOpen.negate()).toList();
    if (closed.isEmpty()) {
      return List.of(ok(firewall + " seems to let our ports in; " + provider()));
    }
    List<Finding> findings = new ArrayList<>();
    for (ListeningPort port : closed) {
      String text = firewall + " has no rule that lets " + port + " (" + port.use() + ") in";
      findings.add(
          port.needed() ? failure(text, remedy.apply(port)) : warning(text, remedy.apply(port)));
    }
    return findings;
  }

  private Finding open(String firewall) {
    return ok(firewall + " turns nothing away; " + provider());
  }

  private String provider() {
    return "a firewall of the provider's, which cannot be seen from here, has to let in "
        + ports.stream().map(ListeningPort::toString).collect(Collectors.joining(", "));
  }
}
