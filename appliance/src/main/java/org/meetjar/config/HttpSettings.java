package org.meetjar.config;

import com.typesafe.config.Config;

/**
 * @param httpPort TCP port of the plain page; 0 lets the system choose
 * @param httpsPort TCP port of the encrypted page; 0 lets the system choose
 */
public record HttpSettings(int httpPort, int httpsPort) {
  static HttpSettings from(Config config) {
    return new HttpSettings(config.getInt("http-port"), config.getInt("https-port"));
  }
}
