package org.meetjar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The tokens of programs, by the hashes of their secrets. Blocks; for any thread. */
public final class AccessTokens {
  /** More than anybody needs. */
  private static final int MAX = 100;

  private static final String SELECT = "SELECT id, name, may_change, created FROM access_token";

  private final Database database;

  AccessTokens(Database database) {
    this.database = database;
  }

  /** Adds a token; false when there are too many. */
  public boolean add(AccessToken token, byte[] hash) {
    return database.transact(
        () -> {
          if (database.select(SELECT, AccessTokens::read).size() >= MAX) {
            return false;
          }
          database.update(
              "INSERT INTO access_token (id, name, token_hash, may_change, created)"
                  + " VALUES (?, ?, ?, ?, ?)",
              token.id(),
              token.name(),
              hash,
              token.mayChange(),
              token.created().atOffset(ZoneOffset.UTC));
          return true;
        });
  }

  /** Removes a token; false when there was none. */
  public boolean remove(String id) {
    return database.transact(
        () -> database.update("DELETE FROM access_token WHERE id = ?", id) > 0);
  }

  /** All, the oldest first. */
  public List<AccessToken> list() {
    return database.transact(
        () -> database.select(SELECT + " ORDER BY created, id", AccessTokens::read));
  }

  /** The token whose secret has this hash. */
  public Optional<AccessToken> find(byte[] hash) {
    return database
        .transact(() -> database.select(SELECT + " WHERE token_hash = ?", AccessTokens::read, hash))
        .stream()
        .findFirst();
  }

  private static AccessToken read(ResultSet row) throws SQLException {
    return new AccessToken(
        row.getString(1), row.getString(2), row.getBoolean(3), row.getTimestamp(4).toInstant());
  }
}
