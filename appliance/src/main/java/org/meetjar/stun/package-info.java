/**
 * STUN messages (RFC 8489) as TURN (RFC 8656) needs them: a reader that looks at bytes in place, a
 * writer, message integrity by SHA-1 and SHA-256, and the fingerprint. Pure: no thread owns
 * anything here. ice4j keeps its own codec for ICE; its message classes reject what TURN clients
 * send (EVEN-PORT, REQUESTED-ADDRESS-FAMILY, several XOR-PEER-ADDRESS).
 */
package org.meetjar.stun;
