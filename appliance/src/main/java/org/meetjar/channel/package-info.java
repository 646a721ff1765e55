/**
 * A channel of text messages to one client: what a WebSocket is once HTTP is out of the way. {@code
 * http} implements {@link org.meetjar.channel.TextChannel} over Jetty; the signalling hub and the
 * bridge consume it without knowing Jetty. {@link org.meetjar.channel.ByteChannel} is the same for
 * a stream of bytes that shares the encrypted port with pages: the relay takes those.
 */
package org.meetjar.channel;
