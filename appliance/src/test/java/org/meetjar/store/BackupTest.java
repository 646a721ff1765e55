package org.meetjar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.StartFailure;

class BackupTest {
  private static final List<ScramKeys> KEYS = List.of(ScramKeys.unknown());

  @TempDir Path temporary;

  @Test
  void whatIsBackedUpInUseIsRestoredElsewhere() throws Exception {
    DataFolder from = folder("from");
    Path zip;
    try (Store store = Store.open(from)) {
      store.accounts().add("ada", KEYS, Role.OWNER);
      store.saved().put(java.util.Map.of("server-name", "Home"));
      Files.createDirectories(from.path().resolve("tls/acme"));
      Files.writeString(from.path().resolve("tls/acme/account.key"), "secret");
      Files.createFile(from.path().resolve("control.sock"));
      zip = Backup.make(store, from);
      store.accounts().add("later", KEYS);
    }
    assertThat(rights(zip)).isEqualTo("rw-------");

    DataFolder to = folder("to");
    assertThat(restore(zip, to, false)).isEmpty();

    assertThat(to.path().resolve("tls/acme/account.key")).hasContent("secret");
    assertThat(rights(to.path().resolve("tls/acme/account.key"))).isEqualTo("rw-------");
    assertThat(rights(to.path().resolve("tls/acme"))).isEqualTo("rwx------");
    assertThat(to.path().resolve("control.sock")).doesNotExist();
    assertThat(names(to)).containsExactlyInAnyOrder("meetjar.mv.db", "tls");
    try (Store store = Store.open(to)) {
      assertThat(store.accounts().list()).extracting(Account::name).containsExactly("ada");
      assertThat(store.saved().all()).containsEntry("server-name", "Home");
    }
  }

  @Test
  void aFolderInUseOrWithSomethingInItIsLeftAlone() throws Exception {
    DataFolder folder = folder("data");
    Path zip;
    try (Store store = Store.open(folder)) {
      store.accounts().add("ada", KEYS);
      Path made = Backup.make(store, folder);
      zip = Files.move(made, temporary.resolve("backup.zip"));
      assertThatThrownBy(() -> restore(zip, folder, true)).hasMessageContaining("stop it");
    }
    assertThatThrownBy(() -> restore(zip, folder, false)).hasMessageContaining("--force");
    try (Store store = Store.open(folder)) {
      store.accounts().add("bob", KEYS);
    }

    Path kept = restore(zip, folder, true).orElseThrow();

    try (Store store = Store.open(folder)) {
      assertThat(store.accounts().list()).extracting(Account::name).containsExactly("ada");
    }
    try (Store store = Store.open(DataFolder.open(kept))) {
      assertThat(store.accounts().list()).extracting(Account::name).containsExactly("ada", "bob");
    }
  }

  @Test
  void whatIsNoBackupChangesNothing() throws Exception {
    DataFolder folder = folder("data");
    Path text = Files.writeString(temporary.resolve("text"), "not a zip");
    assertThatThrownBy(() -> restore(text, folder, false)).hasMessageContaining("no backup");
    assertThatThrownBy(() -> restore(temporary.resolve("none"), folder, false))
        .hasMessageContaining("cannot be read");
    Path other = zip("other.zip", "file", "x");
    assertThatThrownBy(() -> restore(other, folder, false)).hasMessageContaining("no backup");
    Path later = zip("later.zip", Backup.MANIFEST, "format=1\nschema=999\n");
    assertThatThrownBy(() -> restore(later, folder, false)).hasMessageContaining("later version");
    Path empty = zip("empty.zip", Backup.MANIFEST, "format=1\nschema=1\n");
    assertThatThrownBy(() -> restore(empty, folder, false)).hasMessageContaining("damaged");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void noFileIsWrittenOutsideTheFolder() throws Exception {
    DataFolder folder = folder("data");
    Path zip = temporary.resolve("evil.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      entry(out, Backup.MANIFEST, "format=1\nschema=1\n");
      entry(out, "../../escaped", "x");
    }

    assertThatThrownBy(() -> restore(zip, folder, false))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("damaged");
    assertThat(temporary.resolve("escaped")).doesNotExist();
    assertThat(names(folder)).isEmpty();
  }

  private Path zip(String name, String entry, String content) throws Exception {
    Path zip = temporary.resolve(name);
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      entry(out, entry, content);
    }
    return zip;
  }

  private static void entry(ZipOutputStream out, String name, String content) throws Exception {
    out.putNextEntry(new ZipEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  private DataFolder folder(String name) {
    return DataFolder.open(temporary.resolve(name));
  }

  private static Optional<Path> restore(Path zip, DataFolder folder, boolean force) {
    return Restore.from(zip, folder, force, Clock.systemUTC());
  }

  private static List<String> names(DataFolder folder) throws Exception {
    try (var files = Files.list(folder.path())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String rights(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
