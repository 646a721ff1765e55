package org.meetjar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.config.StartFailure;

class StoreTest {
  @TempDir Path temporary;

  @Test
  void accountsOutliveTheStore() {
    List<ScramKeys> keys = ScramKeys.of("secret");
    try (Store store = open()) {
      store.accounts().add("Ada", keys);
    }
    try (Store store = open()) {
      assertThat(store.accounts().list()).extracting(Account::name).containsExactly("ada");
      assertThat(store.accounts().keys("ADA"))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void anAccountIsMadeOnceAndRemovedOnce() {
    try (Store store = open()) {
      Accounts accounts = store.accounts();
      accounts.add("ada", ScramKeys.of("secret"));

      assertThatThrownBy(() -> accounts.add("ADA", ScramKeys.of("x")))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("already");
      accounts.remove("ada");
      assertThat(accounts.keys("ada")).isEmpty();
      assertThatThrownBy(() -> accounts.remove("ada")).hasMessageContaining("no account ada");
      assertThatThrownBy(() -> accounts.change("ada", ScramKeys.of("x")))
          .hasMessageContaining("no account ada");
    }
  }

  @Test
  void aChangedPasswordReplacesTheOldOne() {
    try (Store store = open()) {
      store.accounts().add("ada", ScramKeys.of("old"));
      List<ScramKeys> fresh = ScramKeys.of("new");

      store.accounts().change("ada", fresh);

      assertThat(store.accounts().keys("ada"))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(fresh);
    }
  }

  @Test
  void nobodyElseMayReadIt() throws Exception {
    try (Store store = open()) {
      assertThat(store).isNotNull();
      Path file = temporary.resolve("data/meetjar.mv.db");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aLaterSchemaIsRefused() throws Exception {
    open().close();
    String url = "jdbc:h2:file:" + temporary.resolve("data/meetjar");
    try (Connection connection = DriverManager.getConnection(url, "", "")) {
      connection.createStatement().execute("INSERT INTO schema_version VALUES (99)");
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("later version");
  }

  @Test
  void aDamagedDatabaseIsToldInASentence() throws Exception {
    open().close();
    Files.writeString(temporary.resolve("data/meetjar.mv.db"), "damage ".repeat(5000));

    assertThatThrownBy(this::open)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be opened")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aFolderThatIsNotOursKeepsItsRights() throws Exception {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    Files.writeString(shared.resolve("other"), "x");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));

    DataFolder.open(shared);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
        .isEqualTo("rwxr-xr-x");
  }

  /** RFC 5802 section 5 and RFC 7677 section 3 give the exchanges these keys belong to. */
  @Test
  void keysAreThoseOfTheRfcs() {
    HexFormat hex = HexFormat.of();
    byte[] salt = java.util.Base64.getDecoder().decode("QSXCR+Q6sek8bf92");
    ScramKeys keys = ScramKeys.derive(ScramKeys.SHA_1, "pencil", salt, 4096);

    assertThat(hex.formatHex(keys.storedKey()))
        .isEqualTo("e9d94660c39d65c38fbad91c358f14da0eef2bd6");
    assertThat(hex.formatHex(keys.serverKey()))
        .isEqualTo("0fe09258b3ac852ba502cc62ba903eaacdbf7d31");
    assertThat(ScramKeys.of("pencil"))
        .allSatisfy(made -> assertThat(made.iterations()).isGreaterThanOrEqualTo(4096))
        .extracting(ScramKeys::mechanism)
        .containsExactly("SCRAM-SHA-1", "SCRAM-SHA-256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a@b", "a/b", "<b>", "tab\t", "\u200b"})
  void someNamesAreNone(String name) {
    try (Store store = open()) {
      assertThatThrownBy(() -> store.accounts().add(name, ScramKeys.of("x")))
          .isInstanceOf(StartFailure.class);
      assertThat(store.accounts().keys(name)).isEmpty();
    }
  }

  private Store open() {
    return Store.open(DataFolder.open(temporary.resolve("data")));
  }
}
