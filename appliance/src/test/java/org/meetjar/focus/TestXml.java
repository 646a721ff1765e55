package org.meetjar.focus;

import org.meetjar.xml.Element;
import org.meetjar.xml.XmlParser;

/** Elements from literal text. */
final class TestXml {
  private TestXml() {}

  static Element of(String text) {
    return XmlParser.parse(text).orThrow();
  }
}
