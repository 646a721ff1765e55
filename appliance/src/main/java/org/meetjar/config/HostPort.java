package org.meetjar.config;

import com.typesafe.config.Config;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host and a port, written {@code host:port}; an IPv6 address stands in brackets. */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

  private static final int MAX_PORT = 65_535;

  /**
   * Reads one.
   *
   * @param key the setting it stands in
   * @param usualPort the port when none is written
   */
  static HostPort read(Config config, String key, String text, int usualPort) {
    Matcher parts = FORM.matcher(text.strip());
    if (parts.matches()) {
      int port = parts.group(3) == null ? usualPort : Integer.parseInt(parts.group(3));
      if (port > 0 && port <= MAX_PORT) {
        return new HostPort(parts.group(1) != null ? parts.group(1) : parts.group(2), port);
      }
    }
    throw Values.wrong(config, key, "a list of servers such as stun.example.org:3478");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
