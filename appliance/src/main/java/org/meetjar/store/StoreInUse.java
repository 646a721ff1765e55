package org.meetjar.store;

import java.nio.file.Path;

/** Another process has the database open. */
public final class StoreInUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreInUse(Path folder, Throwable cause) {
    super(
        "The data folder "
            + folder
            + " is in use by another appliance: stop that, or choose another folder with --data.",
        cause);
  }
}
