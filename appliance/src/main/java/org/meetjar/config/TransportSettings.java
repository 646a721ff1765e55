package org.meetjar.config;

import com.typesafe.config.Config;
import java.util.List;

/**
 * The media transport's settings.
 *
 * @param mediaPort UDP port of all media; 0 lets the system choose
 * @param publicIps addresses to offer as candidates in place of those that the machine has
 * @param loops how many media threads; 0 for one per core
 */
public record TransportSettings(int mediaPort, List<String> publicIps, int loops) {
  public TransportSettings {
    publicIps = List.copyOf(publicIps);
  }

  static TransportSettings from(Config config) {
    return new TransportSettings(
        Values.port(config, "media-port"),
        config.getStringList("public-ip"),
        config.getInt("transport.loops"));
  }
}
