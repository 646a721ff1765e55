package org.meetjar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases of every schema that there has been are brought up to date, and nothing is lost. */
class MigrationTest {
  @TempDir Path temporary;

  /** A schema without a fixture fails here: it was forgotten. */
  static IntStream earlierSchemas() {
    return IntStream.range(1, Store.SCHEMA_VERSION);
  }

  @ParameterizedTest
  @MethodSource("earlierSchemas")
  void accountsOfAnEarlierSchemaAreKept(int version) throws Exception {
    make(version);

    try (Store store = open()) {
      assertThat(store.accounts().list()).extracting(Account::name).containsExactly("ada", "bob");
      assertThat(store.accounts().find("ada").orElseThrow().created())
          .isEqualTo("2026-01-02T03:04:05Z");
      assertThat(store.accounts().keys("ada"))
          .hasSize(2)
          .allSatisfy(keys -> assertThat(keys.matches("secret")).isTrue());
      assertThat(store.accounts().find("bob").orElseThrow().role()).isEqualTo(Role.MEMBER);
      assertThat(store.setup().needed()).isTrue();
      assertThat(store.saved().all()).isEmpty();
      store.accounts().role("ada", Role.OWNER);
    }
    try (Store again = open()) {
      assertThat(again.setup().needed()).isFalse();
    }
    assertThat(schemaVersion()).isEqualTo(Store.SCHEMA_VERSION);
  }

  /** A process that is killed between two statements of a script begins that script anew. */
  @ParameterizedTest
  @MethodSource("earlierSchemas")
  void everyScriptMayRunTwice(int version) throws Exception {
    make(version);
    open().close();
    try (Connection connection = connect()) {
      connection.createStatement().execute("DELETE FROM schema_version WHERE version > " + version);
    }

    try (Store store = open()) {
      assertThat(store.accounts().list()).hasSize(2);
    }
  }

  @Test
  void thePresentSchemaIsThatOfTheLastScript() {
    assertThat(Store.class.getResource(Store.SCHEMA_VERSION + ".sql")).isNotNull();
    assertThat(Store.class.getResource((Store.SCHEMA_VERSION + 1) + ".sql")).isNull();
  }

  private void make(int version) throws Exception {
    Files.createDirectories(temporary.resolve("data"));
    try (InputStream in = MigrationTest.class.getResourceAsStream("schema-" + version + ".sql");
        Connection connection = connect()) {
      assertThat(in).as("the fixture of schema %d", version).isNotNull();
      connection.createStatement().execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private int schemaVersion() throws Exception {
    try (Connection connection = connect();
        ResultSet row =
            connection.createStatement().executeQuery("SELECT MAX(version) FROM schema_version")) {
      row.next();
      return row.getInt(1);
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:h2:file:" + temporary.resolve("data/meetjar"), "", "");
  }

  private Store open() {
    return Store.open(DataFolder.open(temporary.resolve("data")));
  }
}
