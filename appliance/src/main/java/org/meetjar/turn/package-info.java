/**
 * A TURN server (RFC 8656) over UDP, TCP and, through the web server's port, TLS. One thread,
 * {@link org.meetjar.turn.TurnServer}'s, owns the sockets and every allocation. A datagram from a
 * client is looked at once: STUN goes to {@code Requests}, channel data is sent on from the same
 * buffer by the allocation's relay socket; what a peer sends to that socket goes back the same way.
 *
 * <p>What it relays to is closed by default: see {@link org.meetjar.address.AddressRules} for what
 * is never reached, and {@link org.meetjar.turn.PeerPolicy} for what a session's own meeting has
 * announced.
 */
package org.meetjar.turn;
