package org.meetjar.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * The first run: while nobody owns the server, one secret makes its bearer the owner, once. Only
 * the secret's hash is kept. Blocks; may be used from any thread.
 */
public final class Setup {
  private final Database database;
  private final AccountTable accounts;
  private final Saved saved;

  Setup(Database database, AccountTable accounts, Saved saved) {
    this.database = database;
    this.accounts = accounts;
    this.saved = saved;
  }

  /** Whether nobody owns the server yet. */
  public boolean needed() {
    return !database.transact(accounts::hasOwner);
  }

  /** From now on the secret with this hash, and no earlier one, makes an owner. */
  public void offer(byte[] hash, Instant expires) {
    database.transact(
        () -> {
          database.update("DELETE FROM setup");
          database.update(
              "INSERT INTO setup (token_hash, expires) VALUES (?, ?)",
              hash,
              expires.atOffset(ZoneOffset.UTC));
          return null;
        });
  }

  /** Whether the secret with this hash would make an owner now. */
  public boolean offers(byte[] hash, Instant now) {
    return database.transact(() -> valid(hash, now));
  }

  /**
   * Makes the owner and saves the settings, all or nothing; the secret is of no use from then on.
   *
   * @return false when the secret is not the one, is too old, or was used
   * @throws org.meetjar.config.StartFailure when there is an account of that name
   */
  public boolean claim(
      byte[] hash, Instant now, String name, List<ScramKeys> keys, Map<String, String> settings) {
    String user = UserName.normalise(name);
    return database.transact(
        () -> {
          if (!valid(hash, now)) {
            return false;
          }
          accounts.insert(user, keys, Role.OWNER);
          saved.insert(settings);
          database.update("DELETE FROM setup");
          return true;
        });
  }

  private boolean valid(byte[] hash, Instant now) throws java.sql.SQLException {
    return !accounts.hasOwner()
        && !database
            .select(
                "SELECT expires FROM setup WHERE token_hash = ? AND expires > ?",
                row -> row.getTimestamp(1),
                hash,
                now.atOffset(ZoneOffset.UTC))
            .isEmpty();
  }
}
