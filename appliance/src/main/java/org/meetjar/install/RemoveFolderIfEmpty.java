package org.meetjar.install;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes a folder of ours, unless somebody has put something into it. */
record RemoveFolderIfEmpty(Path folder) implements Step {
  @Override
  public String describe() {
    return "remove " + folder + ", if nothing else is in it";
  }

  @Override
  public void run() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException somebodysOwn) {
      // stays
    }
  }
}
