/**
 * Encrypted packets in and out: the UDP sockets of each media loop, the first look at what arrives
 * (RFC 7983), ICE (RFC 8445), DTLS with use_srtp (RFC 5764) and the SRTP contexts. {@link
 * org.meetjar.transport.MediaLoop} is the thread that owns the sockets and every {@link
 * org.meetjar.transport.Transport} on it; the SFU above sees plaintext RTP and RTCP only, on that
 * thread. {@link org.meetjar.transport.UdpTransports} opens it all.
 *
 * <p>A packet's way in: {@code NioDatagramPort} (the seam to the system) → {@code UdpMediaLoop} →
 * {@code LoopPeers}, which knows who is at which address and hands a packet over to the loop that
 * owns it → STUN to the {@code IceAgent}, DTLS through a {@code DtlsAssociation} to a thread of the
 * {@code DtlsHandshakes}, SRTP through {@code UdpTransport} to its listener. Out: {@code
 * UdpTransport} protects into the loop's {@code SendBatch}, which leaves at the end of the turn,
 * one run of packets per receiver.
 *
 * <p>The ICE agent is our own. ice4j's was measured in its place: a thread for each agent and local
 * address (200 for a hundred endpoints with two addresses), 250 kB resident each, a pacemaker of 20
 * ms each until ICE is over, 2.7 s for the first agent of a process, 20 to 40 ms from the first
 * check to the nomination, no other address once nominated, and a jar of 3 MB (kotlin-reflect) to
 * read its own settings. This one lives on the loop: no thread, no lock, a timer only while
 * something is due.
 */
package org.meetjar.transport;
