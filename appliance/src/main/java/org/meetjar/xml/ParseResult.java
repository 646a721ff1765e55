package org.meetjar.xml;

/** What became of a text: an element, or a verdict. */
public sealed interface ParseResult {
  /** The text was one element. */
  record Parsed(Element element) implements ParseResult {}

  /**
   * The text was refused.
   *
   * @param reason for the log; may quote the sender, so it never goes to others
   */
  record Refused(XmlVerdict verdict, String reason) implements ParseResult {}

  /** The element, for texts that the code itself makes. */
  default Element orThrow() {
    if (this instanceof Parsed parsed) {
      return parsed.element();
    }
    throw new IllegalArgumentException(toString());
  }
}
