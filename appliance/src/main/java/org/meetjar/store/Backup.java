package org.meetjar.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.meetjar.config.StartFailure;

/**
 * A copy of all state in one zip file, made while the database is in use: a consistent copy of
 * that, and every other file of the data folder (certificates, keys). The file has secrets in it
 * and is its owner's alone. Blocks.
 */
public final class Backup {
  /** Tells of what is in the file; its first entry. */
  static final String MANIFEST = "meetjar-backup.properties";

  static final String FORMAT = "format";
  static final String SCHEMA = "schema";
  static final int FORMAT_VERSION = 1;

  /** What the data folder holds for a while only, or what is a copy itself. */
  private static final List<String> PASSING =
      List.of(".backup-", ".restore-", Restore.KEPT, "control.sock", DataFolder.DATABASE + ".");

  private Backup() {}

  /**
   * Makes a backup in the data folder.
   *
   * @return the file, which is the caller's to move or remove
   * @throws StartFailure when it cannot be written
   */
  public static Path make(Store store, DataFolder folder) {
    Path database = null;
    Path zip = null;
    try {
      removeAbandoned(folder.path());
      database = Files.createTempFile(folder.path(), ".backup-", ".db.zip");
      folder.protect(database);
      store.copyTo(database);
      zip = Files.createTempFile(folder.path(), ".backup-", ".zip");
      folder.protect(zip);
      try (OutputStream file = Files.newOutputStream(zip);
          ZipOutputStream out = new ZipOutputStream(file)) {
        writeManifest(out);
        copyDatabase(database, out);
        copyFiles(folder.path(), out);
      }
      return zip;
    } catch (IOException e) {
      remove(zip);
      throw new StartFailure(
          "The backup cannot be written (" + e + "): look at the disk's free space.", e);
    } catch (StartFailure e) {
      remove(zip);
      throw e;
    } finally {
      remove(database);
    }
  }

  static boolean isPassing(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".check") || PASSING.stream().anyMatch(name::startsWith);
  }

  private static void writeManifest(ZipOutputStream out) throws IOException {
    Properties manifest = new Properties();
    manifest.setProperty(FORMAT, Integer.toString(FORMAT_VERSION));
    manifest.setProperty(SCHEMA, Integer.toString(Store.SCHEMA_VERSION));
    manifest.setProperty("made", Instant.now().toString());
    StringWriter text = new StringWriter();
    manifest.store(text, "A backup of Meetjar: meet.jar restore FILE puts it back.");
    out.putNextEntry(new ZipEntry(MANIFEST));
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.closeEntry();
  }

  private static void copyDatabase(Path database, ZipOutputStream out) throws IOException {
    try (InputStream file = Files.newInputStream(database);
        ZipInputStream in = new ZipInputStream(new BufferedInputStream(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(out);
        out.closeEntry();
      }
    }
  }

  private static void copyFiles(Path folder, ZipOutputStream out) throws IOException {
    List<Path> files;
    try (Stream<Path> top = Files.list(folder)) {
      files = top.filter(file -> !isPassing(file)).toList();
    }
    for (Path file : files) {
      try (Stream<Path> all = Files.walk(file)) {
        for (Path each : (Iterable<Path>) all.sorted()::iterator) {
          if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
            copy(folder, each, out);
          }
        }
      }
    }
  }

  private static void copy(Path folder, Path file, ZipOutputStream out) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException replacedMeanwhile) {
      return;
    }
    String name = folder.relativize(file).toString().replace('\\', '/');
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(Files.getLastModifiedTime(file));
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }

  /** A command that was killed leaves its file behind. */
  private static void removeAbandoned(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().startsWith(".backup-"))
          .filter(Backup::isOld)
          .forEach(Backup::remove);
    }
  }

  private static boolean isOld(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minusSeconds(3600));
    } catch (IOException gone) {
      return false;
    }
  }

  private static void remove(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Backup.class).warn("{} stays: {}", file, e.toString());
    }
  }
}
