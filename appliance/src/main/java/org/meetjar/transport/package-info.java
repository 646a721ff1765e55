/**
 * Encrypted packets in and out: the UDP socket of each media loop, the first look at what arrives
 * (RFC 7983), ICE (RFC 8445, ice4j's agent), DTLS with use_srtp (RFC 5764) and the SRTP contexts.
 * {@link org.meetjar.transport.MediaLoop} is the thread that owns the socket and every {@link
 * org.meetjar.transport.Transport} on it; the SFU above sees plaintext RTP and RTCP only, on that
 * thread.
 */
package org.meetjar.transport;
