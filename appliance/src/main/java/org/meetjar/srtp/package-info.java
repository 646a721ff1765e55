/**
 * SRTP and SRTCP (RFC 3711; AEAD by RFC 7714): {@link org.meetjar.srtp.SrtpSender} protects what
 * one endpoint is sent, {@link org.meetjar.srtp.SrtpReceiver} authenticates, opens and
 * de-duplicates what it sends, both in place in the caller's array. Nothing is remembered of a
 * packet before it has proved authentic. No thread is fixed here: an instance belongs to whoever
 * made it, one thread at a time. The ciphers are kept for the life of the context and work over
 * arrays: AES-GCM is OpenSSL's where Java can reach it ({@link org.meetjar.srtp.SrtpCrypto}), else
 * the JDK's own, which makes all the garbage that a packet makes here.
 */
package org.meetjar.srtp;
