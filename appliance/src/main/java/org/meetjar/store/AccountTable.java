package org.meetjar.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.StartFailure;

/** The accounts in the database. */
final class AccountTable implements Accounts {
  private final Connection connection;

  AccountTable(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void add(String name, List<ScramKeys> keys) {
    String user = UserName.normalise(name);
    transact(
        () -> {
          if (exists(user)) {
            throw new StartFailure(
                "There is an account " + user + " already: change its password with user passwd.");
          }
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO account (name, created) VALUES (?, ?)")) {
            insert.setString(1, user);
            insert.setObject(2, OffsetDateTime.now(ZoneOffset.UTC));
            insert.executeUpdate();
          }
          insertKeys(user, keys);
        });
  }

  @Override
  public void change(String name, List<ScramKeys> keys) {
    String user = UserName.normalise(name);
    transact(
        () -> {
          if (!exists(user)) {
            throw unknown(user);
          }
          update("DELETE FROM verifier WHERE account = ?", user);
          insertKeys(user, keys);
        });
  }

  @Override
  public void remove(String name) {
    String user = UserName.normalise(name);
    transact(
        () -> {
          if (update("DELETE FROM account WHERE name = ?", user) == 0) {
            throw unknown(user);
          }
        });
  }

  @Override
  public List<Account> list() {
    List<Account> accounts = new ArrayList<>();
    transact(
        () -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT name, created FROM account ORDER BY name");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              Timestamp created = row.getTimestamp(2);
              accounts.add(new Account(row.getString(1), created.toInstant()));
            }
          }
        });
    return accounts;
  }

  @Override
  public List<ScramKeys> keys(String name) {
    Optional<String> user = UserName.parse(name);
    if (user.isEmpty()) {
      return List.of();
    }
    List<ScramKeys> keys = new ArrayList<>();
    transact(
        () -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT mechanism, salt, iterations, stored_key, server_key FROM verifier"
                      + " WHERE account = ?")) {
            select.setString(1, user.get());
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                keys.add(
                    new ScramKeys(
                        row.getString(1),
                        row.getBytes(2),
                        row.getInt(3),
                        row.getBytes(4),
                        row.getBytes(5)));
              }
            }
          }
        });
    return keys;
  }

  private void insertKeys(String user, List<ScramKeys> keys) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO verifier (account, mechanism, salt, iterations, stored_key, server_key)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      for (ScramKeys key : keys) {
        insert.setString(1, user);
        insert.setString(2, key.mechanism());
        insert.setBytes(3, key.salt());
        insert.setInt(4, key.iterations());
        insert.setBytes(5, key.storedKey());
        insert.setBytes(6, key.serverKey());
        insert.executeUpdate();
      }
    }
  }

  private boolean exists(String user) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM account WHERE name = ?")) {
      select.setString(1, user);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private int update(String sql, String user) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, user);
      return statement.executeUpdate();
    }
  }

  private void transact(Step step) {
    synchronized (connection) {
      try {
        connection.setAutoCommit(false);
        try {
          step.run();
          connection.commit();
        } finally {
          // does nothing after a commit
          connection.rollback();
          connection.setAutoCommit(true);
        }
      } catch (SQLException e) {
        throw new StartFailure(
            "The database refused (" + e.getMessage() + "): look at the disk's free space.", e);
      }
    }
  }

  private static StartFailure unknown(String user) {
    return new StartFailure(
        "There is no account " + user + ": user list shows those that there are.");
  }

  private interface Step {
    void run() throws SQLException;
  }
}
