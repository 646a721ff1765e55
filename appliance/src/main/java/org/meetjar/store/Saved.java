package org.meetjar.store;

import java.util.Map;

/** Settings that were made while the server runs, by key. Blocks; may be used from any thread. */
public final class Saved {
  private final Database database;

  Saved(Database database) {
    this.database = database;
  }

  /** All of them. */
  public Map<String, String> all() {
    Map<String, String> all = new java.util.TreeMap<>();
    database
        .transact(
            () ->
                database.select(
                    "SELECT name, content FROM setting",
                    row -> Map.entry(row.getString(1), row.getString(2))))
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  /** Saves all of these, or none. */
  public void put(Map<String, String> values) {
    database.transact(
        () -> {
          insert(values);
          return null;
        });
  }

  /** Inside a transaction. */
  void insert(Map<String, String> values) throws java.sql.SQLException {
    for (Map.Entry<String, String> entry : values.entrySet()) {
      database.update(
          "MERGE INTO setting (name, content) KEY (name) VALUES (?, ?)",
          entry.getKey(),
          entry.getValue());
    }
  }
}
