package org.meetjar;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.meetjar.control.ControlServer;
import org.meetjar.control.Requests;
import org.meetjar.control.StatusRequests;
import org.meetjar.store.Backup;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where commands reach the appliance that runs. */
final class ControlSocket {
  private static final Logger log = LoggerFactory.getLogger(ControlSocket.class);

  private ControlSocket() {}

  /**
   * Opens it; without it everything works but commands.
   *
   * @param state empty until everything runs; asked on the socket's own thread
   */
  static Optional<ControlServer> open(
      DataFolder folder, Store store, Supplier<Optional<RunningState>> state) {
    StatusRequests requests =
        new StatusRequests(
            () -> state.get().map(RunningState::status).orElse(Map.of()),
            () -> state.get().map(RunningState::relayLogin).orElse(Map.of()),
            new Requests(store.accounts(), () -> Backup.make(store, folder)));
    try {
      return Optional.of(ControlServer.open(folder.controlSocket(), requests));
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("accounts cannot be changed while this runs: {}", e.toString());
      return Optional.empty();
    }
  }
}
