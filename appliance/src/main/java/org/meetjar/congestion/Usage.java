package org.meetjar.congestion;

/** What the delay says of the path (draft-ietf-rmcat-gcc-02 section 5.4). */
enum Usage {
  NORMAL,
  /** Queues grow: more is sent than the path carries. */
  OVERUSE,
  /** Queues drain. */
  UNDERUSE
}
