package org.meetjar.install;

import java.io.IOException;

/** Something that an installation does. */
interface Step {
  /** What it does, in a line, or in several: the rest are the contents of a file. */
  String describe();

  /**
   * Does it.
   *
   * @throws IOException when it cannot be done; the message is for people
   */
  void run() throws IOException;
}
