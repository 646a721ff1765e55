package org.meetjar;

import org.meetjar.cli.MeetCommand;

/** The main class of {@code meet.jar}. */
public final class Meet {
  private Meet() {}

  public static void main(String[] arguments) {
    System.exit(MeetCommand.run(System.getenv(), arguments));
  }
}
