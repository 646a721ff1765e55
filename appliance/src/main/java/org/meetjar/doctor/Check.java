package org.meetjar.doctor;

import java.util.List;

/** Looks at one thing. */
interface Check {
  /** A word or two, for people and programs. */
  String name();

  /** Looks; may block for some seconds. */
  List<Finding> run();

  default Finding ok(String text) {
    return new Finding(name(), Level.OK, text, "");
  }

  default Finding note(String text, String remedy) {
    return new Finding(name(), Level.NOTE, text, remedy);
  }

  default Finding warning(String text, String remedy) {
    return new Finding(name(), Level.WARNING, text, remedy);
  }

  default Finding failure(String text, String remedy) {
    return new Finding(name(), Level.FAILURE, text, remedy);
  }
}
