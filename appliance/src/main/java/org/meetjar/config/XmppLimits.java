package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What the signalling hub lets others make it keep. Sizes are characters of XML.
 *
 * @param sessions clients signed in at one time, those that wait for resumption counted
 * @param strangers connections that have not signed in, in all
 * @param strangersPerAddress the same from one address
 * @param loginTimeout how long a connection may take to sign in
 * @param stanza the longest stanza
 * @param stanzaBeforeLogin the longest element of a stranger
 * @param stanzaRate stanzas a second that a session may send in the long run
 * @param stanzaBurst stanzas that it may send at once
 * @param sizeRate characters a second that a session may send in the long run
 * @param sizeBurst characters that it may send at once
 * @param unacknowledged stanzas kept for a session until it acknowledges them
 * @param unacknowledgedSize the size of those
 * @param unacknowledgedTotal the size of those of all sessions; beyond it a session may keep no
 *     more than its even share
 * @param acknowledgeWithin a session that does not answer a request for acknowledgement for so long
 *     has lost its connection
 * @param hibernating sessions that wait for resumption, in all
 * @param hibernatingPerAddress the same from one address
 * @param directedPresences entities to which a session has announced itself
 * @param inbox characters of a connection that wait for the signalling loop
 */
public record XmppLimits(
    int sessions,
    int strangers,
    int strangersPerAddress,
    Duration loginTimeout,
    int stanza,
    int stanzaBeforeLogin,
    int stanzaRate,
    int stanzaBurst,
    int sizeRate,
    int sizeBurst,
    int unacknowledged,
    int unacknowledgedSize,
    long unacknowledgedTotal,
    Duration acknowledgeWithin,
    int hibernating,
    int hibernatingPerAddress,
    int directedPresences,
    int inbox) {

  static XmppLimits from(Config config, MemoryPlan plan) {
    return new XmppLimits(
        Values.number(config, "xmpp.sessions", 1, 1_000_000, plan.sessions()),
        Values.number(config, "xmpp.strangers", 1, 1_000_000),
        Values.number(config, "xmpp.strangers-per-address", 1, 1_000_000),
        config.getDuration("xmpp.login-timeout"),
        size(config, "xmpp.stanza"),
        size(config, "xmpp.stanza-before-login"),
        Values.number(config, "xmpp.stanza-rate", 1, 1_000_000),
        Values.number(config, "xmpp.stanza-burst", 1, 1_000_000),
        size(config, "xmpp.size-rate"),
        size(config, "xmpp.size-burst"),
        Values.number(config, "xmpp.unacknowledged", 1, 1_000_000),
        size(config, "xmpp.unacknowledged-size"),
        Values.bytes(config, "xmpp.unacknowledged-total", plan.queueBytes()),
        config.getDuration("xmpp.acknowledge-within"),
        Values.number(config, "xmpp.hibernating", 1, 1_000_000),
        Values.number(config, "xmpp.hibernating-per-address", 1, 1_000_000),
        Values.number(config, "xmpp.directed-presences", 1, 1_000_000),
        size(config, "xmpp.inbox"));
  }

  private static int size(Config config, String key) {
    return Math.toIntExact(config.getBytes(key));
  }
}
