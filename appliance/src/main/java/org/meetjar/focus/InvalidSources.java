package org.meetjar.focus;

/** Sources that a participant may not announce, or not remove. */
final class InvalidSources extends Exception {
  private static final long serialVersionUID = 1;

  InvalidSources(String message) {
    super(message);
  }
}
