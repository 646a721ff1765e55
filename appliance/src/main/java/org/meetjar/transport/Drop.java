package org.meetjar.transport;

/** Why a packet went no further. */
public enum Drop {
  /** Neither STUN, DTLS, RTP nor RTCP. */
  UNKNOWN_KIND,
  /** From an address that no endpoint is known at. */
  UNKNOWN_ADDRESS,
  /** STUN that is malformed, of an unknown ufrag or with a wrong integrity. */
  BAD_STUN,
  /** DTLS or SRTP from an address that ICE has not validated. */
  NOT_VALIDATED,
  /** DTLS that came too early, too late or too fast. */
  DTLS,
  /** SRTP before the keys are known. */
  NO_KEYS,
  /** No packet, or one that is not authentic. */
  NOT_AUTHENTIC,
  REPLAYED,
  /** More SSRCs than an endpoint may have. */
  TOO_MANY_SSRCS,
  /** Outgoing, before the transport is connected or after it failed. */
  NOT_CONNECTED,
  /** Outgoing, malformed or with a sequence number that was used before. */
  REFUSED,
  /** Outgoing, the socket's buffer is full. */
  SOCKET_FULL,
  /** Incoming, the socket's buffer was full: the loop came too late for it. */
  SOCKET_OVERFLOW,
  /** For another loop, whose queue is full. */
  HAND_OFF_FULL,
  /** A listener threw. */
  FAILURE
}
