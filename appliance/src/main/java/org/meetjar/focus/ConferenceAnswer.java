package org.meetjar.focus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meetjar.xml.Element;

/** The answer to a {@link ConferenceRequest}. */
public sealed interface ConferenceAnswer {
  /**
   * @param ready whether the room may be joined; else the client asks again
   * @param focusJid bare; who has it in the room is the focus
   * @param sessionId of the login, to be remembered by the client; or empty
   * @param identity the account of the login; or empty
   * @param properties {@code authentication}, {@code externalAuth}, {@code sipGatewayEnabled},
   *     {@code visitors-supported}
   */
  record Accepted(
      String room,
      boolean ready,
      String focusJid,
      String sessionId,
      String identity,
      Map<String, String> properties)
      implements ConferenceAnswer {
    public Accepted {
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    Element toElement() {
      Element.Builder element =
          Element.of("conference", Namespaces.FOCUS)
              .set("room", room)
              .set("ready", Boolean.toString(ready))
              .set("focusjid", focusJid);
      if (!sessionId.isEmpty()) {
        element.set("session-id", sessionId).set("identity", identity);
      }
      properties.forEach(
          (name, value) ->
              element.add(
                  Element.of("property", Namespaces.FOCUS).set("name", name).set("value", value)));
      return element.build();
    }
  }

  /**
   * @param condition a stanza error's: {@code not-authorized} (an account is needed to begin a
   *     meeting), {@code not-acceptable}, {@code bad-request}, {@code resource-constraint}, {@code
   *     service-unavailable}
   * @param invalidSession whether the login that the client remembers is not known any more
   * @param text a sentence
   */
  record Refused(String condition, boolean invalidSession, String text)
      implements ConferenceAnswer {}
}
