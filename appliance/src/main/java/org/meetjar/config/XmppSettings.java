package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The signalling hub's settings.
 *
 * @param resumption how long a session whose connection broke is kept for its client to come back
 *     (XEP-0198)
 */
public record XmppSettings(Policy policy, Duration resumption) {
  static XmppSettings from(Config config) {
    return new XmppSettings(
        config.getEnum(Policy.class, "policy"), config.getDuration("xmpp.resumption"));
  }
}
