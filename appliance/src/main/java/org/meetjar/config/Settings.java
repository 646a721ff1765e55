package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set.
 *
 * @param domain the name under which people reach this server; also the XMPP domain
 * @param data the folder that holds all state
 * @param logLevel how much the log tells
 * @param drain how long meetings may go on when the process is told to end
 */
public record Settings(
    String domain,
    Path data,
    LogLevel logLevel,
    Duration drain,
    HttpSettings http,
    TlsSettings tls,
    XmppSettings xmpp,
    MucSettings muc,
    FocusSettings focus,
    AddressSettings address,
    TransportSettings transport,
    TurnSettings turn,
    BridgeSettings bridge,
    AdminSettings admin) {

  /** The values of the shipped {@code meet.conf}. */
  public static Config defaults() {
    return ConfigFactory.parseResources(
        Settings.class.getClassLoader(),
        "meet.conf",
        ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /**
   * Reads a complete tree; throws {@link StartFailure} or {@link
   * com.typesafe.config.ConfigException} for a value of the wrong kind. {@link SettingsReader} puts
   * the tree together.
   */
  public static Settings from(Config config) {
    return new Settings(
        DomainName.normalise(config.getString("domain")),
        Path.of(config.getString("data")),
        Values.word(config, "log-level", LogLevel.class),
        config.getDuration("drain"),
        HttpSettings.from(config),
        TlsSettings.from(config),
        XmppSettings.from(config),
        MucSettings.from(config),
        FocusSettings.from(config),
        AddressSettings.from(config),
        TransportSettings.from(config),
        TurnSettings.from(config),
        BridgeSettings.from(config),
        AdminSettings.from(config));
  }
}
