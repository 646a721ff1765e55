package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * How the address is found under which others reach this machine.
 *
 * @param domain the name under which people reach this server
 * @param publicDomain whether that is a name of the Internet
 * @param publicIps addresses to offer, as they are; nobody is asked then
 * @param stunServers who is asked where our packets come from
 * @param cloudMetadata whether the metadata service of a cloud may be asked
 * @param ownName whether our own domain's DNS entry may be asked for
 * @param refresh how long an answer is good for
 */
public record AddressSettings(
    String domain,
    boolean publicDomain,
    List<String> publicIps,
    List<HostPort> stunServers,
    boolean cloudMetadata,
    boolean ownName,
    Duration refresh) {
  private static final int STUN_PORT = 3478;

  public AddressSettings {
    publicIps = List.copyOf(publicIps);
    stunServers = List.copyOf(stunServers);
  }

  static AddressSettings from(Config config) {
    String domain = DomainName.of(config.getString("domain"));
    Duration refresh = config.getDuration("address.refresh");
    if (refresh.toSeconds() < 1) {
      throw Values.wrong(config, "address.refresh", "a time such as 1 minute");
    }
    return new AddressSettings(
        domain,
        DomainName.isPublic(domain),
        config.getStringList("public-ip"),
        config.getStringList("address.stun-servers").stream()
            .map(text -> HostPort.read(config, "address.stun-servers", text, STUN_PORT))
            .toList(),
        config.getBoolean("address.cloud-metadata"),
        config.getBoolean("address.own-name"),
        refresh);
  }
}
