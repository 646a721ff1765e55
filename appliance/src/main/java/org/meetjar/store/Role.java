package org.meetjar.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of an account may do on this server, beside meeting people. */
public enum Role {
  /** Nothing more. */
  MEMBER,
  /** Manages accounts, meetings and settings, but no owner's account. */
  ADMIN,
  /** Everything; an owner makes other owners. */
  OWNER;

  /** As it is written and kept. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> ofWord(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** Whether this role comes with the admin page. */
  public boolean manages() {
    return this != MEMBER;
  }
}
