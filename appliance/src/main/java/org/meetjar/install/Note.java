package org.meetjar.install;

/** Nothing to do, but something to say. */
record Note(String text) implements Step {
  @Override
  public String describe() {
    return text;
  }

  @Override
  public void run() {
    // said already
  }
}
