package org.meetjar.xmpp;

import java.util.Optional;
import org.meetjar.xml.Element;

/**
 * What a client says of stream management in its session, XEP-0198 sections 3 and 4. Owned by the
 * signalling loop.
 */
final class SmRequests {
  private SmRequests() {}

  static void handle(Element element, XmppStream stream, Session session) {
    Optional<StreamManagement> sm = session.management();
    switch (element.name()) {
      case "enable" -> stream.send(session.enable(isTrue(element.attribute("resume"))));
      case "r" ->
          sm.ifPresent(s -> stream.send(Element.of("a", Streams.SM).set("h", s.handled()).build()));
      case "a" -> {
        if (sm.isPresent()) {
          sm.get().answered();
          if (!sm.get().acknowledge(handled(element))) {
            stream.endWith(StreamError.UNDEFINED_CONDITION, "More was acknowledged than was sent");
          }
        }
      }
      default -> stream.send(Streams.smFailed("unexpected-request"));
    }
  }

  private static boolean isTrue(String value) {
    return value.equals("true") || value.equals("1");
  }

  /** How many stanzas the client has handled, as an element says; -1 if it does not. */
  static long handled(Element element) {
    try {
      return Long.parseLong(element.attribute("h"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
