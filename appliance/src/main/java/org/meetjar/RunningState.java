package org.meetjar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.meetjar.config.MemoryPlan;
import org.meetjar.config.TlsMode;
import org.meetjar.http.WebServer;
import org.meetjar.relay.Relay;
import org.meetjar.transport.UdpTransports;

/** What the appliance that runs tells the operator's commands of itself. For any thread. */
record RunningState(
    TlsMode tls,
    WebServer web,
    UdpTransports transports,
    Relay relay,
    MemoryPlan memory,
    Supplier<String> certificateProblem,
    String version) {
  /** As {@link org.meetjar.control.StatusRequests} has it. */
  Map<String, String> status() {
    List<String> ports = new ArrayList<>();
    ports.add(web.httpPort() + "/tcp");
    if (tls != TlsMode.OFF) {
      ports.add(web.httpsPort() + "/tcp");
    }
    ports.add(transports.port() + "/udp");
    if (relay.port() > 0) {
      ports.add(relay.port() + "/udp");
      ports.add(relay.port() + "/tcp");
    }
    Map<String, String> status = new LinkedHashMap<>();
    status.put("version", "meet " + version);
    status.put("pid", String.valueOf(ProcessHandle.current().pid()));
    status.put("ports", String.join(" ", ports));
    status.put("relay-port", String.valueOf(relay.port()));
    status.put("https-port", tls == TlsMode.OFF ? "0" : String.valueOf(web.httpsPort()));
    status.put("memory-plan", memory.sentence());
    status.put("memory-tight", String.valueOf(memory.tight()));
    // the answer is made of lines
    status.put("certificate-problem", certificateProblem.get().replaceAll("\\p{Cntrl}+", " "));
    return status;
  }

  Map<String, String> relayLogin() {
    return relay
        .trial()
        .map(login -> Map.of("user", login.user(), "password", login.password()))
        .orElse(Map.of());
  }
}
