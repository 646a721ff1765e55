package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The signalling hub's settings.
 *
 * @param resumption how long a session whose connection broke is kept for its client to come back
 *     (XEP-0198)
 */
public record XmppSettings(Policy policy, Duration resumption, XmppLimits limits) {
  static XmppSettings from(Config config, MemoryPlan plan) {
    return new XmppSettings(
        Values.word(config, "policy", Policy.class),
        config.getDuration("xmpp.resumption"),
        XmppLimits.from(config, plan));
  }

  public XmppSettings withPolicy(Policy newPolicy) {
    return new XmppSettings(newPolicy, resumption, limits);
  }

  public XmppSettings withLimits(XmppLimits newLimits) {
    return new XmppSettings(policy, resumption, newLimits);
  }
}
