/**
 * The SFU (RFC 7667 section 3.7): conferences of endpoints, of which each sends its sources once
 * and receives what it asked for of the others'.
 *
 * <p>{@link org.meetjar.bridge.Bridge} answers Colibri2 requests and opens bridge channels, on any
 * thread. Everything behind it belongs to conferences, and each conference belongs to one {@link
 * org.meetjar.transport.MediaLoop}: what comes from other threads is a task of that loop, so there
 * are no locks.
 *
 * <p>A packet comes in at its endpoint's {@code Uplink}, which knows the signalled SSRCs as {@code
 * Encoding}s of {@code Source}s; it is read once, kept once for retransmission, and handed to the
 * source's {@code Forwarding}s, one per receiver. A forwarding picks and rewrites ({@link
 * org.meetjar.rtp.EncodingProjection}) and gives it to the receiver's {@code Downlink}, whose
 * {@code Departure} stamps and sends it, a little later if the link is narrow. RTCP ends here in
 * both directions. What each receiver gets is decided by {@code VideoAllocator} from what it wished
 * on its {@code BridgeChannel} and from what its link carries ({@link
 * org.meetjar.congestion.SendSideEstimator}), and by {@code AudioRouting} from who is loudest.
 *
 * <p>A receiver sees each source on the source's own SSRC, or, when it can, on streams of the
 * bridge's own ({@code MappedStreams}): an {@code OutgoingStream} goes on without a seam whichever
 * source is on it, and the receiver is told on its channel before that changes.
 */
package org.meetjar.bridge;
