package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The focus's settings.
 *
 * @param aloneTimeout how long the session of a participant who is alone is kept
 */
public record FocusSettings(Duration aloneTimeout) {
  static FocusSettings from(Config config) {
    return new FocusSettings(config.getDuration("focus.alone-timeout"));
  }
}
