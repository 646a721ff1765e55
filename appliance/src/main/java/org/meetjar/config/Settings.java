package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set.
 *
 * @param domain the name under which people reach this server; an IPv6 address has no brackets
 * @param data the folder that holds all state
 * @param logLevel how much the log tells
 * @param memory what the settings that are {@code auto} stand for
 * @param drain how long meetings may go on when the process is told to end
 */
public record Settings(
    String domain,
    Path data,
    LogLevel logLevel,
    Duration drain,
    MemoryPlan memory,
    HttpSettings http,
    TlsSettings tls,
    XmppSettings xmpp,
    MucSettings muc,
    FocusSettings focus,
    AddressSettings address,
    TransportSettings transport,
    TurnSettings turn,
    BridgeSettings bridge,
    AdmissionSettings admission,
    AdminSettings admin) {

  /** The domain of XMPP addresses: the same, unless it is an IPv6 address. */
  public String xmppDomain() {
    return DomainName.xmpp(domain);
  }

  /** The domain as it stands in addresses of the web. */
  public String host() {
    return DomainName.host(domain);
  }

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
    return from(config, MachineMemory.here());
  }

  /** The same for a process that may use so much memory. */
  static Settings from(Config config, MachineMemory memory) {
    MemoryPlan plan = MemoryPlan.of(memory);
    return new Settings(
        DomainName.of(config.getString("domain")),
        Path.of(config.getString("data")),
        Values.word(config, "log-level", LogLevel.class),
        config.getDuration("drain"),
        plan,
        HttpSettings.from(config, plan),
        TlsSettings.from(config),
        XmppSettings.from(config, plan),
        MucSettings.from(config, plan),
        FocusSettings.from(config, plan),
        AddressSettings.from(config),
        TransportSettings.from(config),
        TurnSettings.from(config, plan),
        BridgeSettings.from(config, plan),
        AdmissionSettings.from(config),
        AdminSettings.from(config));
  }
}
