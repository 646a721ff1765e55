package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;

/**
 * Everything that can be set.
 *
 * @param domain the name under which people reach this server; also the XMPP domain
 * @param data the folder that holds all state
 */
public record Settings(
    String domain,
    Path data,
    HttpSettings http,
    XmppSettings xmpp,
    FocusSettings focus,
    TransportSettings transport,
    BridgeSettings bridge) {

  /** The values of the shipped {@code meet.conf}. */
  public static Config defaults() {
    return ConfigFactory.parseResources(
        Settings.class.getClassLoader(),
        "meet.conf",
        ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /**
   * Reads the tree; throws {@link com.typesafe.config.ConfigException} for a value of the wrong
   * kind.
   */
  public static Settings from(Config config) {
    return new Settings(
        config.getString("domain"),
        Path.of(config.getString("data")),
        HttpSettings.from(config),
        XmppSettings.from(config),
        FocusSettings.from(config),
        TransportSettings.from(config),
        BridgeSettings.from(config));
  }
}
