package org.meetjar.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a text file, whole or not at all.
 *
 * @param rights as {@code ls} shows them, such as {@code rw-r--r--}
 * @param keeps whether a file that is there already stays as it is
 */
record WriteFile(Path file, String text, String rights, boolean keeps) implements Step {
  @Override
  public String describe() {
    if (keeps && Files.exists(file)) {
      return "keep " + file + ", which is there";
    }
    StringBuilder lines = new StringBuilder("write " + file + " (" + rights + ")");
    text.lines().forEach(line -> lines.append("\n    ").append(line));
    return lines.toString();
  }

  @Override
  public void run() throws IOException {
    if (keeps && Files.exists(file)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(rights));
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
