package org.meetjar.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.meetjar.config.StartFailure;

/** Asks for a password: twice at a terminal, otherwise by reading one line of the input. */
final class Passwords {
  private Passwords() {}

  static String ask(String user) {
    if (Terminal.isThere()) {
      return atTerminal(System.console(), user);
    }
    try {
      // not closed: it is the process's
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line == null) {
        throw new StartFailure(
            "No password was given: type it at the prompt, or send it as a line of the input.");
      }
      return line;
    } catch (IOException e) {
      throw new StartFailure("The input cannot be read: type the password at a terminal.", e);
    }
  }

  private static String atTerminal(Console console, String user) {
    char[] first = console.readPassword("Password for %s: ", user);
    char[] second = console.readPassword("Once more: ");
    if (first == null || second == null) {
      throw new StartFailure("No password was given: nothing was changed.");
    }
    if (!java.util.Arrays.equals(first, second)) {
      throw new StartFailure("The two passwords differ: nothing was changed, try again.");
    }
    return new String(first);
  }
}
