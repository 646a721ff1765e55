/**
 * The load tool: headless Jitsi clients by the dozen, for whoever asks whether a machine will hold.
 * {@link org.meetjar.load.LoadTest} runs a {@link org.meetjar.load.LoadPlan} against any
 * Jitsi-compatible server and gives a {@link org.meetjar.load.LoadResult}.
 *
 * <p>{@code signal} is a client's XMPP and bridge channel (RFC 7395, XEP-0166 and what Jitsi makes
 * of it), owned by one signalling loop; {@code media} its sockets, ICE, DTLS-SRTP and RTP, owned by
 * one media thread for all clients together; {@code check} says whether what arrives could be
 * decoded; {@code system} reads what the kernel and a JVM tell of a process. Nothing of the server
 * depends on any of it.
 */
package org.meetjar.load;
