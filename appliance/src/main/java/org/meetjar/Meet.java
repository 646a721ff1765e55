package org.meetjar;

/** The main class of {@code meet.jar}. */
public final class Meet {
  private Meet() {}

  public static void main(String[] args) {
    System.out.println("meet");
  }
}
