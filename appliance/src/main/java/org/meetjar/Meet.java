package org.meetjar;

import java.util.Arrays;
import java.util.List;
import org.meetjar.cli.MeetCommand;

/** The main class of {@code meet.jar}. */
public final class Meet {
  /** What is asked for without serving. */
  private static final List<String> SHORT =
      List.of(
          "user",
          "backup",
          "restore",
          "load",
          "doctor",
          "install",
          "uninstall",
          "--help",
          "-h",
          "--version",
          "-V");

  private Meet() {}

  public static void main(String[] arguments) {
    // A handshake within a connection costs the server more than the client (CVE-2011-1473).
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    if (Arrays.stream(arguments).noneMatch(SHORT::contains)) {
      Preload.start();
    }
    System.exit(MeetCommand.run(System.getenv(), arguments));
  }
}
