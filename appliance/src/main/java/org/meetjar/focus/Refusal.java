package org.meetjar.focus;

import java.util.List;
import org.meetjar.xml.Element;

/**
 * A stanza error, RFC 6120 section 8.3. The one place that maps failures of the focus to the wire.
 *
 * @param type {@code cancel}, {@code modify}, {@code auth} or {@code wait}
 * @param extras application-specific conditions
 */
record Refusal(String type, String condition, String text, List<Element> extras) {
  Refusal {
    extras = List.copyOf(extras);
  }

  static Refusal badRequest(String text) {
    return new Refusal("modify", "bad-request", text, List.of());
  }

  static Refusal itemNotFound(String text) {
    return new Refusal("cancel", "item-not-found", text, List.of());
  }

  static Refusal notAllowed(String text) {
    return new Refusal("cancel", "not-allowed", text, List.of());
  }

  static Refusal notAuthorized(String text) {
    return new Refusal("auth", "not-authorized", text, List.of());
  }

  static Refusal notAcceptable(String text) {
    return new Refusal("modify", "not-acceptable", text, List.of());
  }

  static Refusal resourceConstraint(String text) {
    return new Refusal("wait", "resource-constraint", text, List.of());
  }

  /** There is no room for more on the whole server; nobody who is there is hurt. */
  static Refusal serverFull() {
    return new Refusal(
        "wait",
        "resource-constraint",
        "The server is full",
        List.of(Element.of("server-full", Namespaces.ADMISSION).build()));
  }

  static Refusal serviceUnavailable(String text) {
    return new Refusal("cancel", "service-unavailable", text, List.of());
  }

  static Refusal unexpectedRequest(String text) {
    return new Refusal("wait", "unexpected-request", text, List.of());
  }

  static Refusal featureNotImplemented(String text) {
    return new Refusal("cancel", "feature-not-implemented", text, List.of());
  }

  /** The login that the client remembers is not known: it drops it and asks again. */
  static Refusal sessionInvalid() {
    return new Refusal(
        "modify",
        "not-acceptable",
        "invalid session",
        List.of(Element.of("session-invalid", Namespaces.FOCUS).build()));
  }

  /** XEP-0166 section 7.4: there is no session with this id. */
  static Refusal unknownSession() {
    return new Refusal(
        "cancel",
        "item-not-found",
        "no such session",
        List.of(Element.of("unknown-session", Namespaces.JINGLE_ERRORS).build()));
  }

  ConferenceAnswer toAnswer() {
    boolean invalidSession =
        extras.stream().anyMatch(extra -> extra.is("session-invalid", Namespaces.FOCUS));
    return new ConferenceAnswer.Refused(condition, invalidSession, text);
  }

  Element toElement() {
    Element.Builder error =
        Element.of("error", Namespaces.CLIENT)
            .set("type", type)
            .add(Element.of(condition, Namespaces.STANZAS));
    if (!text.isEmpty()) {
      error.add(Element.of("text", Namespaces.STANZAS).text(text));
    }
    return error.addAll(extras).build();
  }
}
