package org.meetjar.focus;

import java.util.Map;
import java.util.TreeMap;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** What the focus says in its presence in one room. */
final class FocusPresence {
  private final FocusContext context;
  private final Jid address;
  private final Map<String, String> properties = new TreeMap<>();
  private boolean bridgeAvailable = true;

  /**
   * @param address of the focus in the room
   */
  FocusPresence(FocusContext context, Jid address) {
    this.context = context;
    this.address = address;
  }

  /** Sets a property of the conference; whether that is news. */
  boolean setProperty(String key, String value) {
    return !value.equals(properties.put(key, value));
  }

  /** Says that there is a bridge, or none; whether that is news. */
  boolean setBridgeAvailable(boolean available) {
    boolean news = available != bridgeAvailable;
    bridgeAvailable = available;
    return news;
  }

  Element join() {
    return available().add(Element.of("x", Namespaces.MUC)).build();
  }

  Element update() {
    return available().build();
  }

  Element leave() {
    return stanza().set("type", "unavailable").build();
  }

  private Element.Builder stanza() {
    return Element.of("presence", Namespaces.CLIENT)
        .set("from", context.addresses().user().toString())
        .set("to", address.toString());
  }

  private Element.Builder available() {
    Element.Builder conferenceProperties = Element.of("conference-properties", Namespaces.FOCUS);
    properties.forEach(
        (key, value) ->
            conferenceProperties.add(
                Element.of("property", Namespaces.FOCUS).set("key", key).set("value", value)));
    Element.Builder presence =
        stanza()
            .add(FocusDisco.caps())
            .add(FocusDisco.features())
            .add(
                Element.of("versions", Namespaces.JITSI_MEET)
                    .add(
                        Element.of("component", Namespaces.JITSI_MEET)
                            .set("name", "focus")
                            .text(context.version())))
            .add(conferenceProperties);
    if (!bridgeAvailable) {
      presence.add(Element.of("bridgeNotAvailable", Namespaces.FOCUS));
    }
    return presence;
  }
}
