package org.meetjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.meetjar.doctor.Level.FAILURE;
import static org.meetjar.doctor.Level.NOTE;
import static org.meetjar.doctor.Level.OK;
import static org.meetjar.doctor.Level.WARNING;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meetjar.address.MappedAddress;
import org.meetjar.config.IpAddress;
import org.meetjar.machine.Machine;
import org.meetjar.machine.Programs;

/** Each check with facts as they should be, and with others. */
class ChecksTest {
  private static final ListeningPort PAGES =
      new ListeningPort(443, false, "pages and signalling", "--https-port", true);

  private static final ListeningPort MEDIA =
      new ListeningPort(10_000, true, "audio and video", "--media-port", true);

  private static final ListeningPort RELAY =
      new ListeningPort(3_478, true, "relay", "--set turn.port", false);

  private static final List<ListeningPort> PORTS = List.of(PAGES, MEDIA, RELAY);

  private static final String PUBLIC = "93.184.216.34";

  @TempDir Path root;
  private final Map<String, String> programs = new HashMap<>();

  private final Machine machine() {
    return new Machine(
        root,
        command ->
            Optional.ofNullable(programs.get(String.join(" ", command)))
                .map(output -> new Programs.Outcome(0, output)));
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void java() {
    assertThat(levels(new JavaCheck(17, "17.0.15"))).containsExactly(OK);
    assertThat(levels(new JavaCheck(11, "11.0.2"))).containsExactly(FAILURE);
  }

  @ParameterizedTest
  @CsvSource({"1004032, OK", "2097152, OK", "700000, WARNING", "300000, FAILURE"})
  void memory(String kilobytes, Level level) throws IOException {
    file("/proc/meminfo", "MemTotal:        " + kilobytes + " kB\nMemFree:  1 kB\n");
    assertThat(levels(new MemoryCheck(machine(), RunningAppliance.none()))).containsExactly(level);
  }

  @Test
  void memoryOfTheControlGroupAndOpenFiles() throws IOException {
    file("/proc/meminfo", "MemTotal:        4004032 kB\n");
    file("/proc/self/cgroup", "0::/system.slice/meet.service\n");
    file("/sys/fs/cgroup/system.slice/meet.service/memory.max", "max\n");
    file("/sys/fs/cgroup/system.slice/memory.max", "350000000\n");
    file(
        "/proc/self/limits",
        "Limit   Soft Limit  Hard Limit  Units\nMax open files   1024   4096   files\n");
    List<Finding> findings = new MemoryCheck(machine(), RunningAppliance.none()).run();
    assertThat(findings).extracting(Finding::level).containsExactly(OK, FAILURE, WARNING);
    assertThat(findings.get(1).text()).contains("350 MB");
    assertThat(findings.get(2).remedy()).contains("ulimit");
  }

  @Test
  void whatTheServiceMakesOfItsMemory() throws IOException {
    file("/proc/meminfo", "MemTotal:        4004032 kB\n");
    assertThat(new MemoryCheck(machine(), planned("memory plan: much", false)).run())
        .extracting(Finding::level, Finding::text)
        .contains(tuple(OK, "memory plan: much"));
    assertThat(new MemoryCheck(machine(), planned("memory plan: little", true)).run())
        .extracting(Finding::level, Finding::text)
        .contains(tuple(WARNING, "memory plan: little"));
  }

  private static RunningAppliance planned(String sentence, boolean tight) {
    return new RunningAppliance(
        Map.of("memory-plan", sentence, "memory-tight", String.valueOf(tight)));
  }

  @Test
  void memoryThatCannotBeRead() {
    assertThat(levels(new MemoryCheck(machine(), RunningAppliance.none()))).containsExactly(NOTE);
  }

  @Test
  void udpBuffers() throws IOException {
    file("/proc/sys/net/core/rmem_max", "4194304\n");
    file("/proc/sys/net/core/wmem_max", "212992\n");
    List<Finding> findings = new UdpBuffersCheck(machine(), 2 << 20).run();
    assertThat(findings).extracting(Finding::level).containsExactly(OK, WARNING);
    assertThat(findings.get(1).remedy()).contains("sysctl -w net.core.wmem_max=");
  }

  @ParameterizedTest
  @CsvSource({"4.18.0-305.el8, OK", "6.1.0-18-amd64, OK", "4.15.0-20, WARNING", "darwin, NOTE"})
  void segmentation(String release, Level level) throws IOException {
    file("/proc/sys/kernel/osrelease", release + "\n");
    assertThat(levels(new SegmentationCheck(machine()))).containsExactly(level);
  }

  @Test
  void portsThatAreFree() {
    assertThat(levels(new PortsCheck(machine(), PORTS, Set.of(), port -> PortProbe.Result.FREE)))
        .containsOnly(OK);
  }

  @Test
  void portsThatTheApplianceHolds() {
    Set<String> held = Set.of("443/tcp", "10000/udp", "3478/udp");
    assertThat(levels(new PortsCheck(machine(), PORTS, held, port -> PortProbe.Result.TAKEN)))
        .containsOnly(OK);
    assertThat(levels(new PortsCheck(machine(), PORTS, held, port -> PortProbe.Result.FREE)))
        .as("it was started with other settings")
        .containsExactly(FAILURE, FAILURE, WARNING);
  }

  @Test
  void portsThatSomebodyElseHolds() {
    programs.put(
        "ss -H -l -n -p -t sport = :443",
        "LISTEN 0 511 *:443 *:* users:((\"nginx\",pid=812,fd=6))");
    List<Finding> findings =
        new PortsCheck(machine(), PORTS, Set.of(), port -> PortProbe.Result.TAKEN).run();
    assertThat(findings).extracting(Finding::level).containsExactly(FAILURE, FAILURE, WARNING);
    assertThat(findings.get(0).text()).contains("nginx (process 812)");
    assertThat(findings.get(0).remedy()).contains("--https-port");
    assertThat(findings.get(1).text()).contains("another program");
  }

  @Test
  void portsThatThisUserMayNotBind() {
    assertThat(
            levels(
                new PortsCheck(
                    machine(), List.of(PAGES), Set.of(), port -> PortProbe.Result.NOT_ALLOWED)))
        .containsExactly(NOTE);
  }

  @Test
  void aPortIsFoundTakenByTryingIt() throws IOException {
    try (java.net.ServerSocket taken = new java.net.ServerSocket(0);
        java.net.DatagramSocket takenToo = new java.net.DatagramSocket(0)) {
      assertThat(PortProbe.byBinding(port(taken.getLocalPort(), false)))
          .isEqualTo(PortProbe.Result.TAKEN);
      assertThat(PortProbe.byBinding(port(takenToo.getLocalPort(), true)))
          .isEqualTo(PortProbe.Result.TAKEN);
    }
    assertThat(PortProbe.byBinding(port(0, false))).isEqualTo(PortProbe.Result.FREE);
    assertThat(PortProbe.byBinding(port(0, true))).isEqualTo(PortProbe.Result.FREE);
  }

  private static ListeningPort port(int number, boolean udp) {
    return new ListeningPort(number, udp, "test", "--test", true);
  }

  @Test
  void addresses() {
    assertThat(levels(new AddressCheck(true, ips(PUBLIC, "2606:2800:220::1"), List.of())))
        .containsExactly(OK);
    assertThat(levels(new AddressCheck(true, ips(PUBLIC), List.of()))).containsExactly(OK, NOTE);
    assertThat(levels(new AddressCheck(true, ips("10.0.0.5"), List.of())))
        .containsExactly(WARNING, NOTE);
    assertThat(levels(new AddressCheck(false, ips("10.0.0.5"), List.of()))).containsExactly(OK);
    List<MappedAddress> mapped =
        List.of(new MappedAddress(ips(PUBLIC).get(0), "the cloud's metadata"));
    assertThat(new AddressCheck(true, ips(PUBLIC, "10.0.0.5"), mapped).run().get(0).text())
        .contains(PUBLIC + " was told by the cloud's metadata");
  }

  @Test
  void dnsThatLeadsHere() {
    assertThat(levels(dns(PUBLIC, "2606:2800:220::1"))).containsExactly(OK, OK);
  }

  @Test
  void dnsThatLeadsElsewhere() {
    List<Finding> findings = dns("93.184.216.99").run();
    assertThat(findings).extracting(Finding::level).containsExactly(FAILURE);
    assertThat(findings.get(0).text()).contains("A 93.184.216.99 is another machine");
    assertThat(findings.get(0).remedy()).contains(PUBLIC);
    assertThat(levels(dns(PUBLIC, "2606:2800:220::99")))
        .as("an AAAA record that was forgotten")
        .containsExactly(OK, FAILURE);
  }

  @Test
  void dnsOfAMachineThatDoesNotKnowItsAddress() {
    assertThat(
            levels(
                new DnsCheck(
                    List.of("meet.example.org"),
                    name -> Optional.of(ips(PUBLIC)),
                    ips("10.0.0.5"),
                    ips("10.0.0.5"))))
        .containsExactly(NOTE);
  }

  @Test
  void dnsThatIsMissingOrSilent() {
    assertThat(levels(dns())).containsExactly(FAILURE);
    assertThat(
            levels(
                new DnsCheck(
                    List.of("meet.example.org"),
                    name -> Optional.empty(),
                    ips(PUBLIC),
                    ips(PUBLIC))))
        .containsExactly(WARNING);
  }

  @Test
  void namesThatNeedNoDns() {
    assertThat(
            levels(
                new DnsCheck(
                    List.of(PUBLIC, "localhost"),
                    name -> {
                      throw new AssertionError("nobody is asked for " + name);
                    },
                    List.of(),
                    List.of())))
        .containsExactly(OK, NOTE);
  }

  private static DnsCheck dns(String... records) {
    List<InetAddress> own = ips(PUBLIC, "2606:2800:220::1");
    return new DnsCheck(List.of("meet.example.org"), name -> Optional.of(ips(records)), own, own);
  }

  @Test
  void clockByTheAuthority() {
    Clock now = Clock.fixed(Instant.parse("2026-05-05T12:00:00Z"), ZoneOffset.UTC);
    assertThat(levels(clock(now, "2026-05-05T12:00:03Z"))).containsExactly(OK);
    assertThat(levels(clock(now, "2026-05-05T12:02:00Z"))).containsExactly(WARNING);
    assertThat(levels(clock(now, "2026-05-04T12:00:00Z"))).containsExactly(FAILURE);
  }

  private ClockCheck clock(Clock ours, String theirs) {
    return new ClockCheck(machine(), ours, () -> Optional.of(Instant.parse(theirs)));
  }

  @Test
  void clockByTheTimeService() {
    String question = "timedatectl show --property=NTPSynchronized --value";
    ClockCheck check = new ClockCheck(machine(), Clock.systemUTC(), Optional::empty);
    assertThat(levels(check)).as("nobody knows").containsExactly(NOTE);
    programs.put(question, "yes\n");
    assertThat(levels(check)).containsExactly(OK);
    programs.put(question, "no\n");
    assertThat(levels(check)).containsExactly(WARNING);
  }

  @Test
  void systemdUnit() throws IOException {
    SystemdCheck check = new SystemdCheck(machine());
    assertThat(levels(check)).as("no systemd").containsExactly(NOTE);
    Files.createDirectories(root.resolve("run/systemd/system"));
    assertThat(levels(check)).as("no unit").containsExactly(WARNING);
    file("/etc/systemd/system/meet.service", "[Unit]\n");
    String question = "systemctl show meet.service -p LoadState,UnitFileState,ActiveState";
    programs.put(question, "LoadState=loaded\nUnitFileState=enabled\nActiveState=active\n");
    assertThat(levels(check)).containsExactly(OK, OK);
    programs.put(question, "LoadState=loaded\nUnitFileState=disabled\nActiveState=failed\n");
    assertThat(levels(check)).containsExactly(WARNING, FAILURE);
    programs.put(question, "LoadState=not-found\nUnitFileState=\nActiveState=inactive\n");
    assertThat(levels(check)).containsExactly(FAILURE);
  }

  @Test
  void lowPorts() throws IOException {
    LowPortsCheck check = new LowPortsCheck(machine(), PORTS);
    assertThat(levels(new LowPortsCheck(machine(), List.of(MEDIA)))).containsExactly(OK);
    file("/proc/self/status", "CapEff:\t0000000000000000\n");
    assertThat(levels(check)).containsExactly(WARNING);
    file("/proc/self/status", "CapEff:\t000001fffeffffff\n");
    assertThat(levels(check)).containsExactly(OK);
    file("/etc/systemd/system/meet.service", "[Service]\nUser=meetjar\n");
    assertThat(levels(check)).as("the service is what counts").containsExactly(FAILURE);
    file(
        "/etc/systemd/system/meet.service",
        "[Service]\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n");
    assertThat(levels(check)).containsExactly(OK);
    file("/etc/systemd/system/meet.service", "[Service]\nUser=meetjar\n");
    file("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0\n");
    assertThat(levels(check)).containsExactly(OK);
  }

  @Test
  void disk() {
    DiskCheck check = new DiskCheck(root.resolve("not/yet/there"));
    assertThat(check.judge(10_000_000_000L).level()).isEqualTo(OK);
    assertThat(check.judge(300_000_000L).level()).isEqualTo(WARNING);
    assertThat(check.judge(10_000_000L).level()).isEqualTo(FAILURE);
    assertThat(check.run()).hasSize(1);
  }

  @Test
  void theApplianceItself() {
    Map<String, String> status = Map.of("version", "meet 1", "pid", "7", "ports", "443/tcp");
    RunningAppliance running = new RunningAppliance(status);
    assertThat(levels(new ServiceCheck(running, "meet 1", true))).containsExactly(OK);
    assertThat(levels(new ServiceCheck(running, "meet 2", true))).containsExactly(NOTE);
    assertThat(levels(new ServiceCheck(RunningAppliance.none(), "meet 1", true)))
        .containsExactly(NOTE);
    assertThat(new ServiceCheck(RunningAppliance.none(), "meet 1", false).run().get(0).remedy())
        .contains("root");
    assertThat(running.ports()).containsExactly("443/tcp");
  }

  private static List<Level> levels(Check check) {
    List<Finding> findings = check.run();
    assertThat(findings)
        .allSatisfy(
            finding -> {
              assertThat(finding.check()).isEqualTo(check.name());
              if (finding.level().compareTo(WARNING) >= 0) {
                assertThat(finding.remedy()).as("a remedy for: %s", finding.text()).isNotEmpty();
              }
            });
    return findings.stream().map(Finding::level).toList();
  }

  private static List<InetAddress> ips(String... texts) {
    return Stream.of(texts).map(text -> IpAddress.parse(text).orElseThrow()).toList();
  }
}
