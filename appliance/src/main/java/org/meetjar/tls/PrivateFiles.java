package org.meetjar.tls;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read, written whole or not at all. */
final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  static void write(Path file, String text) throws IOException {
    Path folder = file.getParent();
    Files.createDirectories(folder, attributes(folder, OWNER_FOLDER));
    Path fresh = Files.createTempFile(folder, "new", ".pem", attributes(folder, OWNER));
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions)
      throws IOException {
    Path existing = near;
    while (!Files.exists(existing)) {
      existing = existing.toAbsolutePath().getParent();
    }
    FileStore store = Files.getFileStore(existing);
    return store.supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
