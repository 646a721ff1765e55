package org.meetjar.doctor;

import java.util.Locale;

/** How bad a finding is, the best first. */
public enum Level {
  /** As it should be. */
  OK,
  /** Worth knowing, or not to be known from here. */
  NOTE,
  /** People will notice, or soon. */
  WARNING,
  /** Something does not work. */
  FAILURE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
