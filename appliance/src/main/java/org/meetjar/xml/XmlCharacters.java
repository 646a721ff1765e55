package org.meetjar.xml;

/** The characters that XML 1.0 allows (section 2.2). */
final class XmlCharacters {
  private XmlCharacters() {}

  /** The index of the first character that may not be in a document, or -1. */
  static int firstIllegal(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        if (c != '\t' && c != '\n' && c != '\r') {
          return i;
        }
      } else if (c >= 0xd800) {
        if (Character.isHighSurrogate(c)) {
          if (i + 1 >= length || !Character.isLowSurrogate(text.charAt(i + 1))) {
            return i;
          }
          i++;
        } else if (Character.isLowSurrogate(c) || c >= 0xfffe) {
          return i;
        }
      }
    }
    return -1;
  }
}
