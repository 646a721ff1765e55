package org.meetjar.xmpp.sasl;

import java.util.Locale;

/** The name of an account, as it becomes the node of a JID. */
public final class Username {
  private Username() {}

  /** One form for all ways to write it. A client may give a whole JID; its node counts. */
  public static String normalize(String text) {
    int at = text.indexOf('@');
    return Scram.normalize(at > 0 ? text.substring(0, at) : text).toLowerCase(Locale.ROOT);
  }
}
