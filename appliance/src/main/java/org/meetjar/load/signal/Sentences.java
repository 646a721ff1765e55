package org.meetjar.load.signal;

import org.meetjar.xml.Element;

/** Why somebody could not join, in words: the one place where refusals become sentences. */
final class Sentences {
  static final String LOGIN_NEEDED =
      "the server asks for a login: let guests in (policy = open) while you measure";
  static final String FULL = "the server is full";

  private Sentences() {}

  /** What an error stanza means. */
  static String of(Element stanza, String what) {
    String condition =
        stanza
            .child("error", Ns.CLIENT)
            .flatMap(
                error -> error.children().filter(each -> !each.name().equals("text")).findFirst())
            .map(Element::name)
            .orElse("an error without a reason");
    String text =
        stanza
            .child("error", Ns.CLIENT)
            .map(error -> error.childText("text", Ns.STANZAS))
            .filter(each -> !each.isEmpty())
            .map(each -> " (" + each + ")")
            .orElse("");
    return switch (condition) {
      case "not-authorized", "registration-required", "forbidden" -> LOGIN_NEEDED + text;
      case "resource-constraint", "service-unavailable" -> FULL + text;
      default -> "the server refuses " + what + ": " + condition + text;
    };
  }
}
