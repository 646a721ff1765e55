package org.meetjar.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcConnection;
import org.meetjar.config.StartFailure;

/** The database. Opening it keeps every other process from opening it. */
public final class Store implements AutoCloseable {
  static final int SCHEMA_VERSION = 2;
  private static final int CACHE_KB = 1024;

  private final Connection connection;
  private final Database database;
  private final AccountTable accounts;
  private final Saved saved;

  private Store(Connection connection) {
    this.connection = connection;
    database = new Database(connection);
    accounts = new AccountTable(database);
    saved = new Saved(database);
  }

  /**
   * Opens the database in the folder, made anew or brought up to date where needed.
   *
   * @throws StoreInUse when another process has it open
   * @throws StartFailure when it is of a later version, or damaged
   */
  public static Store open(DataFolder folder) {
    String file = folder.path().resolve(DataFolder.DATABASE).toString();
    if (file.indexOf(';') >= 0) {
      throw new StartFailure(
          "The data folder's name has a semicolon in it: choose another folder with --data.");
    }
    String url =
        "jdbc:h2:file:"
            + file
            // commits are on disk when they return; what the process needs it closes itself
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;CACHE_SIZE="
            + CACHE_KB;
    Connection connection = null;
    try {
      connection = new JdbcConnection(url, new Properties(), "", "", false);
      folder.protect(folder.path().resolve(DataFolder.DATABASE + ".mv.db"));
      migrate(connection);
      return new Store(connection);
    } catch (SQLException e) {
      close(connection);
      if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        throw new StoreInUse(folder.path(), e);
      }
      throw new StartFailure(
          "The database "
              + file
              + ".mv.db cannot be opened ("
              + firstLine(e)
              + "): put back a copy of it, or move it away to begin without accounts.",
          e);
    } catch (StartFailure e) {
      close(connection);
      throw e;
    }
  }

  public Accounts accounts() {
    return accounts;
  }

  /** Settings made while the server runs. */
  public Saved saved() {
    return saved;
  }

  /** How the server gets its first owner. */
  public Setup setup() {
    return new Setup(database, accounts, saved);
  }

  public AccessTokens accessTokens() {
    return new AccessTokens(database);
  }

  /**
   * Writes a consistent copy of the database, in a zip file of one entry, while it is in use.
   *
   * @param zip a file that is made or replaced
   */
  void copyTo(Path zip) {
    database.execute("BACKUP TO ?", zip.toString());
  }

  @Override
  public void close() {
    synchronized (connection) {
      close(connection);
    }
  }

  private static void migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INT NOT NULL)");
      int version = 0;
      try (ResultSet row = statement.executeQuery("SELECT MAX(version) FROM schema_version")) {
        if (row.next()) {
          version = row.getInt(1);
        }
      }
      if (version > SCHEMA_VERSION) {
        throw new StartFailure(
            "The data folder was used by a later version of this program (its schema is "
                + version
                + ", this one knows "
                + SCHEMA_VERSION
                + "): run that version again, or choose another folder with --data.");
      }
      for (int next = version + 1; next <= SCHEMA_VERSION; next++) {
        statement.execute(script(next));
        statement.execute("INSERT INTO schema_version VALUES (" + next + ")");
      }
    }
  }

  private static String script(int version) {
    String name = version + ".sql";
    try (InputStream in = Store.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("resource " + name, e);
    }
  }

  private static void close(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      org.slf4j.LoggerFactory.getLogger(Store.class).warn("closing: {}", e.toString());
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
