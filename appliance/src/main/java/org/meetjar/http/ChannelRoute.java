package org.meetjar.http;

import org.meetjar.channel.TextChannelAcceptor;

/**
 * Where WebSockets open.
 *
 * @param prefix the first segment of the path
 * @param subprotocol what the client must offer, or the empty string
 */
record ChannelRoute(String prefix, String subprotocol, TextChannelAcceptor acceptor) {}
