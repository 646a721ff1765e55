package org.meetjar.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.meetjar.config.IpAddress;

/**
 * Whether the relay gives addresses to those who come through the public address, each way: as a
 * participant would ask, with a login that the appliance makes for it.
 *
 * @param name of the server
 * @param offered the addresses under which the machine is known, the best first
 * @param own those that it has
 * @param relayPort 0 for none
 * @param encryptedPort 0 for none
 */
record RelayCheck(
    boolean enabled,
    String name,
    List<InetAddress> offered,
    Set<InetAddress> own,
    int relayPort,
    int encryptedPort,
    Supplier<Optional<RunningAppliance.RelayLogin>> login)
    implements Check {
  @Override
  public String name() {
    return "relay";
  }

  @Override
  public List<Finding> run() {
    if (!enabled) {
      return List.of(note("the relay is switched off (turn.enabled)", ""));
    }
    Optional<RunningAppliance.RelayLogin> user = login.get();
    if (user.isEmpty()) {
      return List.of(note("the relay can be tried only while the appliance runs", ""));
    }
    if (offered.isEmpty()) {
      return List.of();
    }
    InetAddress address = offered.get(0);
    List<Finding> findings = new ArrayList<>();
    if (relayPort > 0) {
      InetSocketAddress relay = new InetSocketAddress(address, relayPort);
      findings.add(attempt("UDP", relay, user.get(), () -> RelayClient.overUdp(relay)));
      findings.add(attempt("TCP", relay, user.get(), () -> RelayClient.overTcp(relay)));
    }
    if (encryptedPort > 0) {
      InetSocketAddress tls = new InetSocketAddress(address, encryptedPort);
      findings.add(attempt("TLS", tls, user.get(), () -> RelayClient.overTls(tls, name)));
    }
    return findings;
  }

  private interface Opening {
    RelayClient open() throws IOException;
  }

  private Finding attempt(
      String way, InetSocketAddress server, RunningAppliance.RelayLogin user, Opening opening) {
    String where =
        "over " + way + " at " + IpAddress.text(server.getAddress()) + " " + server.getPort();
    try (RelayClient client = opening.open()) {
      InetAddress relayed = client.allocate(user.user(), user.password());
      return ok("the relay works " + where + ", by " + IpAddress.text(relayed));
    } catch (IOException e) {
      String text = "the relay does not work " + where + ": " + e.getMessage();
      return own.contains(server.getAddress())
          ? failure(text, "see the log of the appliance, and the firewall of this machine")
          : warning(
              text,
              "let the port in at the provider's firewall or the router; some networks do not lead"
                  + " back in from inside: then try from outside");
    }
  }
}
