package org.meetjar.xmpp.sasl;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name of an account, as it becomes the node of a JID. */
public final class Username {
  private static final Pattern POSSIBLE =
      Pattern.compile("[^\\p{Cntrl}\\p{Z}\\p{C}\"&'/:<>@]{1,64}");

  private Username() {}

  /** One form for all ways to write it. A client may give a whole JID; its node counts. */
  public static String normalize(String text) {
    int at = text.indexOf('@');
    return Scram.normalize(at > 0 ? text.substring(0, at) : text).toLowerCase(Locale.ROOT);
  }

  /** Whether an account can have this name at all (RFC 7622 section 3.3). */
  public static boolean isPossible(String normalized) {
    return POSSIBLE.matcher(normalized).matches();
  }
}
