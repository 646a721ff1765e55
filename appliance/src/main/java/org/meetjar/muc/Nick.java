package org.meetjar.muc;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for nicks. A nick is the endpoint id everywhere: in Jingle, source names, bridges. */
final class Nick {
  /** The focus: clients tell its sessions from those of peers by exactly this nick. */
  static final String FOCUS = "focus";

  /** The owner of the bridge's own sources in Jingle. */
  private static final String BRIDGE = "jvb";

  private static final Set<String> RESERVED = Set.of(FOCUS, BRIDGE);
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_]{0,63}");

  private Nick() {}

  static boolean isValid(String nick) {
    return VALID.matcher(nick).matches();
  }

  /** Whether only service administrators may have it. */
  static boolean isReserved(String nick) {
    return RESERVED.contains(nick.toLowerCase(Locale.ROOT));
  }
}
