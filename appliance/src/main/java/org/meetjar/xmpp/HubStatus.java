package org.meetjar.xmpp;

/**
 * The hub in numbers.
 *
 * @param sessions clients signed in, those counted that wait for resumption
 * @param hibernating clients whose connection broke and who may come back
 * @param strangers connections that have not signed in
 */
public record HubStatus(int sessions, int hibernating, int strangers) {}
