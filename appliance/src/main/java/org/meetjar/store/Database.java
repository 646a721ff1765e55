package org.meetjar.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.config.StartFailure;

/** The one connection, and what the tables do with it: each use of it is a transaction. */
final class Database {
  private final Connection connection;

  Database(Connection connection) {
    this.connection = connection;
  }

  /** Work inside a transaction. */
  interface Step<T> {
    T run() throws SQLException;
  }

  /** What a row stands for. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Runs the step; all of it happens, or nothing. It is on disk when this returns.
   *
   * @throws StartFailure when the database refuses
   */
  <T> T transact(Step<T> step) {
    synchronized (connection) {
      try {
        connection.setAutoCommit(false);
        try {
          T result = step.run();
          connection.commit();
          return result;
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

  /** Inside a transaction: changes rows, and tells how many. */
  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Inside a transaction. */
  <T> List<T> select(String sql, Reader<T> reader, Object... values) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(reader.read(row));
      }
    }
    return rows;
  }

  /** Runs a statement that is no transaction's. */
  void execute(String sql, Object... values) {
    synchronized (connection) {
      try (PreparedStatement statement = prepare(sql, values)) {
        statement.execute();
      } catch (SQLException e) {
        throw new StartFailure(
            "The database refused (" + e.getMessage() + "): look at the disk's free space.", e);
      }
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
