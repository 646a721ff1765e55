package org.meetjar.xmpp;

/**
 * The hub in numbers.
 *
 * @param sessions clients signed in, those counted that wait for resumption
 * @param hibernating clients whose connection broke and who may come back
 * @param strangers connections that have not signed in
 * @param unacknowledged the size of what is kept for clients until they acknowledge it
 */
public record HubStatus(int sessions, int hibernating, int strangers, long unacknowledged) {}
