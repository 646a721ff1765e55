package org.meetjar.cli;

import java.io.Console;

/** Whether somebody sits there. */
final class Terminal {
  private Terminal() {}

  /** Whether both input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // which is why isTerminal is asked, too
  static boolean isThere() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /** From Java 22 on there is a console even where the input is no terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException earlierJava) {
      return true;
    }
  }
}
