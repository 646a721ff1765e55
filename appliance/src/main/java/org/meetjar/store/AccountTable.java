package org.meetjar.store;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.StartFailure;

/** The accounts in the database. */
final class AccountTable implements Accounts {
  private static final String SELECT = "SELECT name, created, role FROM account";

  private final Database database;

  AccountTable(Database database) {
    this.database = database;
  }

  @Override
  public void add(String name, List<ScramKeys> keys, Role role) {
    String user = UserName.normalise(name);
    database.transact(
        () -> {
          insert(user, keys, role);
          return null;
        });
  }

  /** Inside a transaction. */
  void insert(String user, List<ScramKeys> keys, Role role) throws SQLException {
    if (read(user).isPresent()) {
      throw new StartFailure(
          "There is an account " + user + " already: change its password with user passwd.");
    }
    database.update(
        "INSERT INTO account (name, created, role) VALUES (?, ?, ?)",
        user,
        OffsetDateTime.now(ZoneOffset.UTC),
        role.word());
    insertKeys(user, keys);
  }

  @Override
  public void change(String name, List<ScramKeys> keys) {
    String user = UserName.normalise(name);
    database.transact(
        () -> {
          if (read(user).isEmpty()) {
            throw unknown(user);
          }
          database.update("DELETE FROM verifier WHERE account = ?", user);
          insertKeys(user, keys);
          return null;
        });
  }

  @Override
  public void role(String name, Role role) {
    String user = UserName.normalise(name);
    database.transact(
        () -> {
          Account account = read(user).orElseThrow(() -> unknown(user));
          if (role != Role.OWNER) {
            refuseLastOwner(account);
          }
          database.update("UPDATE account SET role = ? WHERE name = ?", role.word(), user);
          return null;
        });
  }

  @Override
  public void remove(String name) {
    String user = UserName.normalise(name);
    database.transact(
        () -> {
          refuseLastOwner(read(user).orElseThrow(() -> unknown(user)));
          database.update("DELETE FROM account WHERE name = ?", user);
          return null;
        });
  }

  @Override
  public List<Account> list() {
    return database.transact(
        () -> database.select(SELECT + " ORDER BY name", AccountTable::account));
  }

  @Override
  public Optional<Account> find(String name) {
    Optional<String> user = UserName.parse(name);
    return user.isEmpty() ? Optional.empty() : database.transact(() -> read(user.get()));
  }

  @Override
  public List<ScramKeys> keys(String name) {
    Optional<String> user = UserName.parse(name);
    if (user.isEmpty()) {
      return List.of();
    }
    return database.transact(
        () ->
            database.select(
                "SELECT mechanism, salt, iterations, stored_key, server_key FROM verifier"
                    + " WHERE account = ?",
                row ->
                    new ScramKeys(
                        row.getString(1),
                        row.getBytes(2),
                        row.getInt(3),
                        row.getBytes(4),
                        row.getBytes(5)),
                user.get()));
  }

  /** Inside a transaction. */
  boolean hasOwner() throws SQLException {
    return owners() > 0;
  }

  private int owners() throws SQLException {
    return database
        .select("SELECT name FROM account WHERE role = 'owner'", row -> row.getString(1))
        .size();
  }

  private void refuseLastOwner(Account account) throws SQLException {
    if (account.role() == Role.OWNER && owners() == 1) {
      throw new StartFailure(
          account.name()
              + " is the only owner of this server: make somebody else an owner first, with user"
              + " role NAME owner.");
    }
  }

  private Optional<Account> read(String user) throws SQLException {
    return database.select(SELECT + " WHERE name = ?", AccountTable::account, user).stream()
        .findFirst();
  }

  private static Account account(java.sql.ResultSet row) throws SQLException {
    return new Account(
        row.getString(1),
        row.getTimestamp(2).toInstant(),
        Role.ofWord(row.getString(3)).orElse(Role.MEMBER));
  }

  private void insertKeys(String user, List<ScramKeys> keys) throws SQLException {
    for (ScramKeys key : keys) {
      database.update(
          "INSERT INTO verifier (account, mechanism, salt, iterations, stored_key, server_key)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          user,
          key.mechanism(),
          key.salt(),
          key.iterations(),
          key.storedKey(),
          key.serverKey());
    }
  }

  private static StartFailure unknown(String user) {
    return new StartFailure(
        "There is no account " + user + ": user list shows those that there are.");
  }
}
