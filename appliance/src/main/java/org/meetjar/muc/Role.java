package org.meetjar.muc;

import java.util.Locale;
import java.util.Optional;

/** What an occupant may do for the length of its visit (XEP-0045 section 5.1). */
public enum Role {
  MODERATOR,
  PARTICIPANT,
  /** Hears, and may not speak to the room. */
  VISITOR,
  /** Not in the room. */
  NONE;

  private final String wire = name().toLowerCase(Locale.ROOT);

  static Optional<Role> parse(String text) {
    for (Role role : values()) {
      if (role.wire.equals(text)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** The name on the wire. */
  @Override
  public String toString() {
    return wire;
  }
}
