package org.meetjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.doctor.Level.FAILURE;
import static org.meetjar.doctor.Level.NOTE;
import static org.meetjar.doctor.Level.OK;
import static org.meetjar.doctor.Level.WARNING;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meetjar.machine.Machine;
import org.meetjar.machine.Programs;

class FirewallCheckTest {
  private static final List<ListeningPort> PORTS =
      List.of(
          new ListeningPort(443, false, "pages", "--https-port", true),
          new ListeningPort(10_000, true, "media", "--media-port", true),
          new ListeningPort(3_478, true, "relay", "--set turn.port", false));

  private final Map<String, String> programs = new HashMap<>();

  @Test
  void ufw() {
    programs.put(
        "ufw status",
        """
        Status: active

        To                         Action      From
        --                         ------      ----
        443/tcp                    ALLOW       Anywhere
        10000:10010/udp            ALLOW       Anywhere
        3478                       ALLOW       Anywhere
        """);
    assertThat(levels()).containsExactly(OK);
    programs.put(
        "ufw status", "Status: active\n\n443/tcp   ALLOW  Anywhere\n10000/udp   DENY   Anywhere\n");
    List<Finding> findings = findings();
    assertThat(findings).extracting(Finding::level).containsExactly(FAILURE, WARNING);
    assertThat(findings.get(0).remedy()).isEqualTo("ufw allow 10000/udp");
  }

  @Test
  void ufwThatIsOffLeavesItToOthers() {
    programs.put("ufw status", "Status: inactive\n");
    assertThat(levels()).containsExactly(NOTE);
    programs.put("nft list ruleset", "");
    assertThat(levels()).containsExactly(OK);
  }

  @Test
  void firewalld() {
    programs.put(
        "firewall-cmd --list-all",
        "public (active)\n  services: ssh https\n  ports: 10000/udp 3478/udp\n");
    assertThat(levels()).containsExactly(OK);
    programs.put("firewall-cmd --list-all", "public (active)\n  services: ssh\n  ports: \n");
    assertThat(levels()).containsExactly(FAILURE, FAILURE, WARNING);
  }

  @Test
  void nftables() {
    programs.put(
        "nft list ruleset",
        """
        table inet filter {
        \tchain input {
        \t\ttype filter hook input priority filter; policy drop;
        \t\tct state established,related accept
        \t\ttcp dport { 22, 443 } accept
        \t\tudp dport { 3478, 10000 } accept
        \t}
        }
        """);
    assertThat(levels()).containsExactly(OK);
    programs.put(
        "nft list ruleset",
        """
        table inet filter {
        \tchain input {
        \t\ttype filter hook input priority filter; policy accept;
        \t\ttcp dport 443 accept
        \t\treject with icmpx admin-prohibited
        \t}
        }
        """);
    assertThat(levels()).containsExactly(FAILURE, WARNING);
  }

  @Test
  void nftablesThatOnlyForwards() {
    programs.put(
        "nft list ruleset",
        "table ip nat {\n\tchain post {\n\t\ttype nat hook postrouting priority 100;"
            + " policy accept;\n\t}\n}\n");
    assertThat(levels()).containsExactly(OK);
  }

  @Test
  void iptables() {
    programs.put("iptables -S INPUT", "-P INPUT ACCEPT\n");
    assertThat(levels()).containsExactly(OK);
    programs.put(
        "iptables -S INPUT",
        "-P INPUT DROP\n"
            + "-A INPUT -p tcp -m multiport --dports 22,443 -j ACCEPT\n"
            + "-A INPUT -p udp -m udp --dport 10000 -j ACCEPT\n");
    List<Finding> findings = findings();
    assertThat(findings).extracting(Finding::level).containsExactly(WARNING);
    assertThat(findings.get(0).remedy())
        .isEqualTo("iptables -I INPUT -p udp --dport 3478 -j ACCEPT");
  }

  @Test
  void theProvidersIsNeverForgotten() {
    assertThat(findings().get(0).remedy()).contains("10000/udp");
  }

  private List<Level> levels() {
    return findings().stream().map(Finding::level).toList();
  }

  private List<Finding> findings() {
    Machine machine =
        new Machine(
            Path.of("/nowhere"),
            command ->
                Optional.ofNullable(programs.get(String.join(" ", command)))
                    .map(output -> new Programs.Outcome(0, output)));
    return new FirewallCheck(machine, PORTS).run();
  }
}
