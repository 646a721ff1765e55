package org.meetjar.muc;

import java.util.Set;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.StanzaError;

/** What holds for every message of an occupant, to the room or to one in it. */
final class Messages {
  /** Any client's word on these would be taken for the server's. */
  private static final Set<String> SERVER_MADE = Set.of("identity", "permissions", "delay");

  private Messages() {}

  static void checkSize(Muc muc, Occupant sender, Element message) throws Refusal {
    if (!sender.isService() && Weight.of(message) > muc.settings().messageBytes()) {
      throw new Refusal(StanzaError.POLICY_VIOLATION, "This message is too long");
    }
  }

  static void checkRate(Muc muc, Occupant sender, TokenBucket bucket) throws Refusal {
    if (!sender.isService() && !bucket.take(muc.loop().nanoTime())) {
      throw new Refusal(StanzaError.RESOURCE_CONSTRAINT, "Too many messages, wait a little");
    }
  }

  /** The message as it goes on, cleaned, without {@code to}. */
  static Element from(Occupant sender, Element message) {
    Element cleaned = sender.isService() ? message : message.without(Messages::isServerMade);
    return cleaned.toBuilder().set("from", sender.jid().toString()).unset("to").build();
  }

  private static boolean isServerMade(Element child) {
    return SERVER_MADE.contains(child.name())
        || (child.name().equals("x")
            && (child.namespace().equals(Ns.MUC_USER) || child.namespace().equals(Ns.LEGACY_DELAY)))
        // Speaks for somebody who is not in the room.
        || child.is("display-name", Ns.DISPLAY_NAME);
  }
}
