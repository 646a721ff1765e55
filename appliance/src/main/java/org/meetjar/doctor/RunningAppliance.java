package org.meetjar.doctor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meetjar.config.StartFailure;
import org.meetjar.control.ControlClient;
import org.meetjar.control.StatusRequests;

/**
 * What the appliance that runs tells of itself.
 *
 * @param status by key, see {@link StatusRequests}; empty when none runs, or none that answers us
 */
record RunningAppliance(Map<String, String> status) {
  static RunningAppliance none() {
    return new RunningAppliance(Map.of());
  }

  /** Asks the one that has the data folder. */
  static RunningAppliance on(Path socket) {
    return new RunningAppliance(ask(socket, StatusRequests.STATUS));
  }

  /** Has it make credentials that last for a minute; empty when it doesn't relay. */
  static Optional<RelayLogin> relayLogin(Path socket) {
    Map<String, String> answer = ask(socket, StatusRequests.RELAY_LOGIN);
    return Optional.ofNullable(answer.get("user"))
        .map(user -> new RelayLogin(user, answer.getOrDefault("password", "")));
  }

  record RelayLogin(String user, String password) {}

  private static Map<String, String> ask(Path socket, String request) {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : ControlClient.ask(socket, List.of(request)).orElse(List.of())) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          values.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (StartFailure refused) {
      // an older one, which is as good as none
    }
    return values;
  }

  boolean runs() {
    return !status.isEmpty();
  }

  /** Its ports, as {@link ListeningPort#toString} has them. */
  Set<String> ports() {
    Set<String> ports = new HashSet<>();
    for (String port : status.getOrDefault("ports", "").split(" ")) {
      if (!port.isEmpty()) {
        ports.add(port);
      }
    }
    return ports;
  }
}
