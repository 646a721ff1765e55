package org.meetjar.fuzz;

/** Where Jazzer comes in; it finds these methods by their names. */
public final class JazzerEntry {
  private static Target target = Targets.make(Targets.NAMES.get(0));

  private JazzerEntry() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = Targets.make(arguments[0]);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    target.read(bytes);
  }
}
