package org.meetjar.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.stream.Stream;
import org.meetjar.config.StartFailure;

/** The folder that holds all state; only its owner may look into it. */
public final class DataFolder {
  static final String DATABASE = "meetjar";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;

  private DataFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes sure that the folder is there and can be written to.
   *
   * @throws StartFailure when it cannot be
   */
  public static DataFolder open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Path existing = absolute;
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      if (existing != null && posix(existing)) {
        Files.createDirectories(absolute, PosixFilePermissions.asFileAttribute(OWNER));
        if (isOurs(absolute)) {
          Files.setPosixFilePermissions(absolute, OWNER);
        }
      } else {
        Files.createDirectories(absolute);
      }
      Files.delete(Files.createTempFile(absolute, "write", ".check"));
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder "
              + absolute
              + " cannot be written to: give this user the right to, or choose another folder with"
              + " --data.",
          e);
    }
    return new DataFolder(absolute);
  }

  public Path path() {
    return path;
  }

  /** Where commands reach the appliance that runs on this folder. */
  public Path controlSocket() {
    return controlSocket(path);
  }

  /** The same for a folder that is only looked at, and perhaps is not there. */
  public static Path controlSocket(Path folder) {
    return folder.resolve("control.sock");
  }

  /** Files of the database that have just been made belong to its owner alone. */
  void protect(Path file) {
    try {
      if (posix(file)) {
        Files.setPosixFilePermissions(file, Files.isDirectory(file) ? OWNER : OWNER_FILE);
        UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        // a command that root runs must not leave files that the appliance's user can't write
        if (!owner.equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS))) {
          Files.setOwner(file, owner);
        }
      }
    } catch (IOException e) {
      throw new StartFailure(
          "The rights of " + file + " cannot be set: let it belong to the user who runs this.", e);
    }
  }

  private static boolean posix(Path at) throws IOException {
    return Files.getFileStore(at).supportsFileAttributeView(PosixFileAttributeView.class);
  }

  /**
   * Whether the folder is new, or one that we have used before: then its rights are ours to set.
   */
  private static boolean isOurs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.exists(folder.resolve(DATABASE + ".mv.db")) || files.findAny().isEmpty();
    }
  }
}
