package org.meetjar.xml;

/**
 * What one element may be.
 *
 * @param size characters of text
 * @param depth elements inside each other, the outermost counted
 * @param attributes attributes of one element, namespace declarations counted
 */
public record XmlLimits(int size, int depth, int attributes) {
  /** For a client that has signed in. */
  public static final XmlLimits STANZA = new XmlLimits(256 * 1024, 32, 64);

  /** For a stranger. */
  public static final XmlLimits BEFORE_LOGIN = new XmlLimits(10 * 1024, 32, 64);

  public XmlLimits withSize(int newSize) {
    return new XmlLimits(newSize, depth, attributes);
  }
}
