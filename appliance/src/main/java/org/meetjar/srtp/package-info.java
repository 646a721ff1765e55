/**
 * SRTP and SRTCP (RFC 3711; AEAD by RFC 7714): {@link org.meetjar.srtp.SrtpSender} protects what
 * one endpoint is sent, {@link org.meetjar.srtp.SrtpReceiver} authenticates, opens and
 * de-duplicates what it sends, both in place in the caller's array. Nothing is remembered of a
 * packet before it has proved authentic. No thread is fixed here: an instance belongs to whoever
 * made it, one thread at a time. The ciphers are the JDK's own, kept for the life of the context,
 * over arrays: what garbage a packet makes is made inside them.
 */
package org.meetjar.srtp;
