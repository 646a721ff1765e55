package org.meetjar.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the data folder has room. */
record DiskCheck(Path data) implements Check {
  private static final long MB = 1_000_000;
  private static final long COMFORTABLE = 500 * MB;
  private static final long LEAST = 50 * MB;

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<Finding> run() {
    Path folder = data.toAbsolutePath();
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    try {
      return List.of(judge(Files.getFileStore(folder).getUsableSpace()));
    } catch (IOException e) {
      return List.of(note("the room on the disk cannot be read", ""));
    }
  }

  Finding judge(long free) {
    String text = free / MB + " MB are free where the data is (" + data + ")";
    if (free < LEAST) {
      return failure(text, "make room: accounts and certificates cannot be written soon");
    }
    return free < COMFORTABLE ? warning(text, "make room for the log and recordings") : ok(text);
  }
}
