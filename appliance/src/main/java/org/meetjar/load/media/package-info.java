/**
 * Media of all simulated clients, on one thread: {@link org.meetjar.load.media.MediaThread} owns a
 * socket per client, for a bridge tells its clients apart by their addresses. It looks at them
 * every half millisecond rather than being woken for single packets, so that a server on the same
 * machine does not pay for the waking. ICE (RFC 8445, controlled), DTLS-SRTP (RFC 5764), RTP, RTCP,
 * retransmission (RFC 4588), transport-wide feedback. Payloads are never kept: a packet that has to
 * be repeated is made anew from its frame's description.
 */
package org.meetjar.load.media;
