package org.meetjar.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** What the first start tells whoever started it: where the owner's account is made. */
final class SetupNote {
  private SetupNote() {}

  static void print(PrintWriter out, String link, Duration lifetime) {
    out.println();
    out.println(
        "Nobody owns this server yet. Open this link within "
            + words(lifetime)
            + " to make your account; it works once:");
    out.println(link);
    if (Terminal.isThere()) {
      // a library of its own, which nobody else needs
      out.println();
      out.print(QrPicture.of(link));
    }
    out.flush();
  }

  static String words(Duration lifetime) {
    if (lifetime.toHours() >= 2) {
      return lifetime.toHours() + " hours";
    }
    return lifetime.toMinutes() >= 2
        ? lifetime.toMinutes() + " minutes"
        : lifetime.toSeconds() + " seconds";
  }
}
