package org.meetjar.config;

/** How much the log tells. */
public enum LogLevel {
  /** What has failed. */
  ERROR,
  /** Also what looks wrong. */
  WARN,
  /** Also one line for each meeting, join and leave. */
  INFO,
  /** Also the steps of the protocols. */
  DEBUG
}
