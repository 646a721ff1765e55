package org.meetjar.muc;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.meetjar.xml.Element;

/**
 * How much of the history a client wants (XEP-0045 section 7.2.14); what it doesn't say is not
 * limited.
 *
 * @param seconds at most so old
 * @param since not before this time, in milliseconds since 1970
 */
record HistoryRequest(long maxChars, long maxMessages, long seconds, long since) {

  /** Reads the join's {@code <x>}. */
  static HistoryRequest from(Element join) {
    Optional<Element> history = join.child("history", Ns.MUC);
    return new HistoryRequest(
        number(history, "maxchars"),
        number(history, "maxstanzas"),
        number(history, "seconds"),
        time(history));
  }

  long sinceMillis(long nowMillis) {
    return seconds >= nowMillis / 1000 ? since : Math.max(since, nowMillis - seconds * 1000);
  }

  private static long number(Optional<Element> history, String attribute) {
    String text = history.map(element -> element.attribute(attribute)).orElse("");
    try {
      return text.isEmpty() ? Long.MAX_VALUE : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException malformed) {
      return Long.MAX_VALUE;
    }
  }

  private static long time(Optional<Element> history) {
    String text = history.map(element -> element.attribute("since")).orElse("");
    try {
      return text.isEmpty() ? Long.MIN_VALUE : Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException malformed) {
      return Long.MIN_VALUE;
    }
  }
}
