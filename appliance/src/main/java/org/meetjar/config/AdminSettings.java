package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the admin page and of what programs ask.
 *
 * @param setupLifetime how long the link of the first run can be used
 * @param sessionLifetime how long somebody stays signed in who does nothing
 * @param token lets programs in; empty for none
 * @param fixed keys that the command line, the environment or the file decides: the page cannot
 *     change them. A line of the file that repeats the default decides nothing.
 */
public record AdminSettings(
    Duration setupLifetime, Duration sessionLifetime, Optional<String> token, Set<String> fixed) {
  public static final String SERVER_NAME = "server-name";
  public static final String POLICY = "policy";

  private static final int SHORTEST_TOKEN = 16;

  public AdminSettings {
    fixed = Set.copyOf(fixed);
  }

  static AdminSettings from(Config config) {
    String token = config.getString("admin.token").strip();
    if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
      // not quoted: it is a secret
      throw new StartFailure(
          "The setting admin.token is too short: give at least "
              + SHORTEST_TOKEN
              + " random characters, such as openssl rand -hex 24 makes.");
    }
    Set<String> fixed = new LinkedHashSet<>();
    for (String key : List.of(SERVER_NAME, POLICY)) {
      if (decides(config, key)) {
        fixed.add(key);
      }
    }
    return new AdminSettings(
        lifetime(config, "admin.setup-lifetime"),
        lifetime(config, "admin.session-lifetime"),
        token.isEmpty() ? Optional.empty() : Optional.of(token),
        fixed);
  }

  private static boolean decides(Config config, String key) {
    ConfigOrigin origin = config.getValue(key).origin();
    if (origin.resource() != null) {
      return false;
    }
    boolean inFile = origin.filename() != null;
    return !inFile || !config.getString(key).equals(Settings.defaults().getString(key));
  }

  private static Duration lifetime(Config config, String key) {
    Duration duration = config.getDuration(key);
    if (duration.toSeconds() < 1) {
      throw Values.wrong(config, key, "a time such as 12 hours");
    }
    return duration;
  }
}
