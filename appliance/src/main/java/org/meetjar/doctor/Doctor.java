package org.meetjar.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.meetjar.address.DomainRecords;
import org.meetjar.address.LocalAddresses;
import org.meetjar.address.PublicAddresses;
import org.meetjar.config.Settings;
import org.meetjar.config.TlsMode;
import org.meetjar.machine.Machine;

/** Runs every check with the facts of this machine. */
public final class Doctor {
  private static final int TIMEOUT_MS = 3_000;

  private final Settings settings;
  private final Machine machine;
  private final Path controlSocket;
  private final String version;

  /**
   * @param controlSocket by which the appliance that runs is asked
   * @param version of this jar
   */
  public Doctor(Settings settings, Machine machine, Path controlSocket, String version) {
    this.settings = settings;
    this.machine = machine;
    this.controlSocket = controlSocket;
    this.version = version;
  }

  /** Examines all; takes some seconds. */
  public Report examine() {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks()) {
      try {
        findings.addAll(check.run());
      } catch (RuntimeException e) {
        findings.add(check.note("this could not be examined: " + e, "please report it"));
      }
    }
    return new Report(findings);
  }

  private List<Check> checks() {
    RunningAppliance running = RunningAppliance.on(controlSocket);
    List<InetAddress> own = LocalAddresses.find(settings.transport().offerLoopback());
    PublicAddresses addresses = new PublicAddresses(settings.address(), own);
    addresses.refresh();
    List<ListeningPort> ports = ports();
    List<String> names = settings.tls().names();
    DomainRecords dns = DomainRecords.bySystem();
    Runtime.Version java = Runtime.version();
    return List.of(
        new ServiceCheck(
            running, version, !Files.exists(settings.data()) || Files.isReadable(settings.data())),
        new SystemdCheck(machine),
        new JavaCheck(java.feature(), java.toString()),
        new MemoryCheck(machine, running),
        new DiskCheck(settings.data()),
        new ClockCheck(machine, Clock.systemUTC(), this::timeOfAuthority),
        new AddressCheck(
            settings.address().publicDomain(), addresses.offered(), addresses.mapped()),
        new DnsCheck(names, dns::of, own, addresses.offered()),
        new PortsCheck(machine, ports, running.ports(), PortProbe::byBinding),
        new LowPortsCheck(machine, ports),
        new FirewallCheck(machine, ports),
        new CertificateCheck(settings.tls(), settings.data(), Clock.systemUTC(), running),
        new RelayCheck(
            settings.turn().enabled(),
            settings.domain(),
            addresses.offered(),
            new HashSet<>(own),
            port(running, "relay-port", settings.turn().port()),
            settings.tls().mode() == TlsMode.OFF
                ? 0
                : port(running, "https-port", settings.http().httpsPort()),
            () -> running.runs() ? RunningAppliance.relayLogin(controlSocket) : Optional.empty()),
        new UdpBuffersCheck(machine, settings.transport().socketBufferBytes()),
        new SegmentationCheck(machine));
  }

  private static int port(RunningAppliance running, String key, int set) {
    String told = running.status().getOrDefault(key, "");
    return told.matches("\\d{1,5}") ? Integer.parseInt(told) : set;
  }

  /** The ports by the settings, without those that the system chooses. */
  private List<ListeningPort> ports() {
    List<ListeningPort> ports = new ArrayList<>();
    boolean encrypted = settings.tls().mode() != TlsMode.OFF;
    if (encrypted) {
      ports.add(
          new ListeningPort(
              settings.http().httpsPort(), false, "pages and signalling", "--https-port", true));
    }
    ports.add(
        new ListeningPort(
            settings.http().httpPort(),
            false,
            encrypted ? "leads to the encrypted page" : "pages and signalling",
            "--http-port",
            !encrypted || !settings.http().publicDomain()));
    ports.add(
        new ListeningPort(
            settings.transport().mediaPort(), true, "audio and video", "--media-port", true));
    if (settings.turn().enabled()) {
      int relay = settings.turn().port();
      ports.add(new ListeningPort(relay, true, "relay", "--set turn.port", false));
      ports.add(new ListeningPort(relay, false, "relay", "--set turn.port", false));
    }
    ports.removeIf(port -> port.number() == 0);
    return ports;
  }

  /** By its Date header, and only if the server gets its certificate from there. */
  private Optional<Instant> timeOfAuthority() {
    if (settings.tls().mode() != TlsMode.ACME) {
      return Optional.empty();
    }
    URI directory = settings.tls().acme().directory();
    try {
      HttpURLConnection http = (HttpURLConnection) directory.toURL().openConnection();
      http.setRequestMethod("HEAD");
      http.setConnectTimeout(TIMEOUT_MS);
      http.setReadTimeout(TIMEOUT_MS);
      try {
        long millis = http.getHeaderFieldDate("Date", 0);
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
      } finally {
        http.disconnect();
      }
    } catch (IOException notReached) {
      return Optional.empty();
    }
  }
}
