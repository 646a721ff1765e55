package org.meetjar.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.meetjar.config.StartFailure;

/**
 * Puts a backup into a data folder. All of it is unpacked and looked at before anything that is
 * there is touched, and what is there is moved aside, never removed. Blocks.
 */
public final class Restore {
  /** The beginning of the names of folders in which what was there before is kept. */
  static final String KEPT = "before-restore-";

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final String DATABASE_FILE = DataFolder.DATABASE + ".mv.db";

  private Restore() {}

  /**
   * Restores.
   *
   * @param force whether something may be there already
   * @return where that is kept now, if there was something
   * @throws StartFailure when it cannot be done; everything is as before then
   */
  public static Optional<Path> from(Path zip, DataFolder folder, boolean force, Clock clock) {
    refuseUnusable(zip);
    refuseInUse(folder);
    List<Path> present = present(folder.path());
    if (!present.isEmpty() && !force) {
      throw new StartFailure(
          "The data folder "
              + folder.path()
              + " is not empty: choose an empty one with --data, or give --force to move aside"
              + " what is there.");
    }
    try {
      Path unpacked = Files.createTempDirectory(folder.path(), ".restore-");
      try {
        unpack(zip, unpacked);
        if (!Files.exists(unpacked.resolve(DATABASE_FILE))) {
          throw damaged(zip, null);
        }
        Optional<Path> kept = moveAside(folder, present, clock);
        putInPlace(folder, unpacked);
        return kept;
      } finally {
        removeAll(unpacked);
      }
    } catch (IOException e) {
      throw new StartFailure(
          "The backup cannot be unpacked into " + folder.path() + " (" + e + ").", e);
    }
  }

  private static void refuseUnusable(Path zip) {
    Properties manifest = new Properties();
    try (ZipInputStream in = open(zip)) {
      ZipEntry first = in.getNextEntry();
      if (first == null || !first.getName().equals(Backup.MANIFEST)) {
        throw notABackup(zip);
      }
      manifest.load(in);
    } catch (ZipException e) {
      throw damaged(zip, e);
    } catch (IOException e) {
      throw new StartFailure(
          "The backup " + zip + " cannot be read: check its name and rights.", e);
    }
    int format = number(manifest, Backup.FORMAT);
    int schema = number(manifest, Backup.SCHEMA);
    if (format < 1 || schema < 1) {
      throw notABackup(zip);
    }
    if (format > Backup.FORMAT_VERSION || schema > Store.SCHEMA_VERSION) {
      throw new StartFailure(
          "The backup "
              + zip
              + " was made by a later version of this program (its schema is "
              + schema
              + ", this one knows "
              + Store.SCHEMA_VERSION
              + "): restore it with that version.");
    }
  }

  private static void refuseInUse(DataFolder folder) {
    Path database = folder.path().resolve(DATABASE_FILE);
    if (!Files.exists(database)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new StartFailure(inUse(folder));
      }
    } catch (OverlappingFileLockException e) {
      throw new StartFailure(inUse(folder), e);
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder " + folder.path() + " cannot be written to: check its rights.", e);
    }
  }

  private static String inUse(DataFolder folder) {
    return "The appliance runs on " + folder.path() + ": stop it, then restore.";
  }

  /** What a restored state would take the place of. */
  private static List<Path> present(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  !Backup.isPassing(file)
                      || file.getFileName().toString().startsWith(DataFolder.DATABASE + "."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StartFailure("The data folder " + folder + " cannot be read.", e);
    }
  }

  private static void unpack(Path zip, Path into) throws IOException {
    try (ZipInputStream in = open(zip)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(Backup.MANIFEST) || entry.isDirectory()) {
          continue;
        }
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into) || file.equals(into)) {
          throw damaged(zip, null);
        }
        Files.createDirectories(file.getParent());
        Files.copy(in, file);
      }
    } catch (ZipException e) {
      throw damaged(zip, e);
    }
  }

  private static Optional<Path> moveAside(DataFolder folder, List<Path> present, Clock clock)
      throws IOException {
    if (present.isEmpty()) {
      return Optional.empty();
    }
    Path aside =
        folder.path().resolve(KEPT + LocalDateTime.now(clock).format(STAMP)).toAbsolutePath();
    Files.createDirectory(aside);
    folder.protect(aside);
    for (Path file : present) {
      Files.move(file, aside.resolve(file.getFileName()));
    }
    return Optional.of(aside);
  }

  /** The database last: until it is there the folder is one that nobody has used. */
  private static void putInPlace(DataFolder folder, Path unpacked) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(unpacked)) {
      files.filter(file -> !file.equals(unpacked)).forEach(all::add);
    }
    all.forEach(folder::protect);
    List<Path> top;
    try (Stream<Path> files = Files.list(unpacked)) {
      top = new ArrayList<>(files.sorted().toList());
    }
    Path database = unpacked.resolve(DATABASE_FILE);
    top.remove(database);
    top.add(database);
    for (Path file : top) {
      Files.move(file, folder.path().resolve(file.getFileName()));
    }
  }

  private static void removeAll(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  private static ZipInputStream open(Path zip) throws IOException {
    InputStream file = Files.newInputStream(zip);
    return new ZipInputStream(new BufferedInputStream(file));
  }

  private static int number(Properties manifest, String key) {
    try {
      return Integer.parseInt(manifest.getProperty(key, "0").strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static StartFailure notABackup(Path zip) {
    return new StartFailure(
        "The file " + zip + " is no backup of this program: give one that backup has made.");
  }

  private static StartFailure damaged(Path zip, Exception cause) {
    return new StartFailure("The backup " + zip + " is damaged: take another.", cause);
  }
}
