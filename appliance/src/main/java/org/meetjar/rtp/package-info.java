/**
 * RTP and RTCP as bytes: pure functions and small state machines without threads, sockets or clocks
 * of their own (RFC 3550, 3551, 4585, 4588, 5104, 5285/8285, 7741 and
 * draft-holmer-rmcat-transport-wide-cc-extensions-01).
 *
 * <p>What reads the network returns a verdict and never throws. What runs once per packet allocates
 * nothing: packets are edited in place, or in one {@link org.meetjar.rtp.MediaPacket} that its
 * owner uses again and again. Times are {@code nanoTime} values that the caller passes in. Nothing
 * here is safe for use by two threads, except {@link org.meetjar.rtp.CacheBudget}.
 */
package org.meetjar.rtp;
