package org.meetjar.muc;

import org.meetjar.xml.Element;

/** How large an element is, about as many characters as its text form has, without making it. */
final class Weight {
  /** Angle brackets, slash, quotes and the like. */
  private static final int PUNCTUATION = 5;

  private Weight() {}

  static int of(Element element) {
    int sum = 2 * element.name().length() + element.namespace().length() + 2 * PUNCTUATION;
    for (var attribute : element.attributes().entrySet()) {
      sum += attribute.getKey().length() + attribute.getValue().length() + PUNCTUATION;
    }
    for (Object part : element.content()) {
      sum += part instanceof Element child ? of(child) : ((String) part).length();
    }
    return sum;
  }

  static int of(Iterable<Element> elements) {
    int sum = 0;
    for (Element element : elements) {
      sum += of(element);
    }
    return sum;
  }
}
