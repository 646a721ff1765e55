package org.meetjar.systemd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages to the service manager. Each blocks for some milliseconds; for any thread. */
public final class Notifications {
  private static final Logger log = LoggerFactory.getLogger(Notifications.class);

  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final int SECONDS = 5;

  private final boolean listening;
  private final List<String> command;

  private Notifications(boolean listening, List<String> command) {
    this.listening = listening;
    this.command = command;
  }

  /**
   * Messages to whoever has started this process; they go nowhere if that did not ask for any.
   *
   * @param environment the process's own
   */
  public static Notifications to(Map<String, String> environment) {
    return new Notifications(
        !environment.getOrDefault(SOCKET, "").isEmpty(), List.of("systemd-notify"));
  }

  /** For tests: another environment and another program. */
  static Notifications by(String... command) {
    return new Notifications(true, List.of(command));
  }

  /** Whether anybody listens. */
  public boolean isListening() {
    return listening;
  }

  /** Clients are served. */
  public void ready(String status) {
    send("READY=1", "STATUS=" + status);
  }

  /** What is being done, for people. */
  public void status(String status) {
    send("STATUS=" + status);
  }

  /** The process is as it should be. */
  public void alive() {
    send("WATCHDOG=1");
  }

  /** The process begins to end. */
  public void stopping(String status) {
    send("STOPPING=1", "STATUS=" + status);
  }

  private void send(String... message) {
    if (!listening) {
      return;
    }
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(message));
    try {
      Process sending =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!sending.waitFor(SECONDS, TimeUnit.SECONDS)) {
        sending.destroyForcibly();
        log.warn("systemd did not take a message within {} seconds", SECONDS);
      } else if (sending.exitValue() != 0) {
        log.warn(
            "systemd did not take a message: systemd-notify ended with {}", sending.exitValue());
      }
    } catch (IOException e) {
      log.warn("systemd cannot be told anything: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
