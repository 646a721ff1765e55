package org.meetjar.muc;

import java.util.Locale;
import java.util.Optional;

/** The lasting relation of an account to a room (XEP-0045 section 5.2), from most to least. */
public enum Affiliation {
  OWNER,
  ADMIN,
  MEMBER,
  NONE,
  OUTCAST;

  private final String wire = name().toLowerCase(Locale.ROOT);

  static Optional<Affiliation> parse(String text) {
    for (Affiliation affiliation : values()) {
      if (affiliation.wire.equals(text)) {
        return Optional.of(affiliation);
      }
    }
    return Optional.empty();
  }

  /** The role that comes with it on entering: rooms are not moderated, so everybody has a voice. */
  Role role() {
    return switch (this) {
      case OWNER, ADMIN -> Role.MODERATOR;
      case MEMBER, NONE -> Role.PARTICIPANT;
      case OUTCAST -> Role.NONE;
    };
  }

  boolean isAtLeast(Affiliation other) {
    return ordinal() <= other.ordinal();
  }

  /** The name on the wire. */
  @Override
  public String toString() {
    return wire;
  }
}
