package org.meetjar.config;

/** Who may start and join meetings. */
public enum Policy {
  /** Anybody starts meetings. */
  OPEN,
  /** Account holders start meetings; guests wait for them and follow. */
  HOSTS,
  /** Everybody signs in. */
  MEMBERS
}
