package org.meetjar;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;

/**
 * Loads, on a second core, classes that every start needs and that take long, while the first one
 * still reads the settings. Whoever needs one of them meanwhile waits for it, and no more.
 */
final class Preload {
  private Preload() {}

  static void start() {
    Thread thread = new Thread(Preload::load, "preload");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    try (Connection memory = new JdbcConnection("jdbc:h2:mem:", new Properties(), "", "", false)) {
      memory.createStatement().execute("CREATE TABLE t (id INT PRIMARY KEY)");
    } catch (SQLException | RuntimeException later) {
      // whoever really needs it will fail with a better explanation
    }
  }
}
