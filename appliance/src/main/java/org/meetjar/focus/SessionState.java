package org.meetjar.focus;

/** Where a participant's media session is. */
enum SessionState {
  /** It is not known yet what the client can do. */
  DISCOVERING,
  /** There is no session. */
  IDLE,
  /** The bridge has been asked for an endpoint. */
  ALLOCATING,
  /** The client has been sent an offer. */
  OFFERED,
  /** The client has accepted. */
  ACTIVE,
  /** The occupant has left. */
  GONE;

  /** Whether there is a session, which the client may not know of yet. */
  boolean isSession() {
    return this == ALLOCATING || isKnown();
  }

  /** Whether there is a session of which the client has been told. */
  boolean isKnown() {
    return this == OFFERED || this == ACTIVE;
  }
}
