package org.meetjar.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.util.ArrayDeque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Reads exactly one element from text. A pure function, callable from any thread; whatever the text
 * is, it answers with a {@link ParseResult} and throws nothing.
 *
 * <p>No document type, entity, comment or processing instruction gets through (RFC 6120 section
 * 11.1), so nothing can expand or point elsewhere; the depth is counted here and not left to a
 * stack; the characters are checked before the text is looked at.
 */
public final class XmlParser {
  private static final WstxInputFactory FACTORY = hardened();

  private XmlParser() {}

  /** Reads an element of a client stream: without a declaration it is in {@code jabber:client}. */
  public static ParseResult parse(String text) {
    return parse(text, XmlLimits.STANZA);
  }

  /** As {@link #parse(String)}, with limits of its own. */
  public static ParseResult parse(String text, XmlLimits limits) {
    return parse(text, limits, "jabber:client");
  }

  /**
   * Reads an element.
   *
   * @param defaultNamespace what elements are in when nothing around them declares a default
   *     namespace, as if the text stood inside a stream's root
   */
  public static ParseResult parse(String text, XmlLimits limits, String defaultNamespace) {
    if (text.length() > limits.size()) {
      return new ParseResult.Refused(XmlVerdict.POLICY_VIOLATION, "longer than " + limits.size());
    }
    int illegal = XmlCharacters.firstIllegal(text);
    if (illegal >= 0) {
      return new ParseResult.Refused(
          XmlVerdict.NOT_WELL_FORMED, "a character that XML has not, at " + illegal);
    }
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
      try {
        return new ParseResult.Parsed(read(reader, limits, defaultNamespace));
      } finally {
        reader.close();
      }
    } catch (Unacceptable e) {
      return new ParseResult.Refused(e.verdict, e.getMessage());
    } catch (XMLStreamException | RuntimeException e) {
      // Woodstox wraps some failures of its lazy parsing in unchecked exceptions.
      return new ParseResult.Refused(XmlVerdict.NOT_WELL_FORMED, firstLine(e));
    }
  }

  private static Element read(XMLStreamReader reader, XmlLimits limits, String defaultNamespace)
      throws XMLStreamException, Unacceptable {
    ArrayDeque<Element.Builder> open = new ArrayDeque<>();
    ArrayDeque<Boolean> declared = new ArrayDeque<>();
    Element root = null;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() == limits.depth()) {
            throw new Unacceptable(XmlVerdict.POLICY_VIOLATION, "deeper than " + limits.depth());
          }
          boolean hasDefault =
              declaresDefault(reader) || (!declared.isEmpty() && declared.getLast());
          open.addLast(start(reader, limits, hasDefault ? "" : defaultNamespace));
          declared.addLast(hasDefault);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Element closed = open.removeLast().build();
          declared.removeLast();
          if (open.isEmpty()) {
            root = closed;
          } else {
            open.getLast().add(closed);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!open.isEmpty()) {
            open.getLast().text(reader.getText());
          }
        }
        case XMLStreamConstants.SPACE, XMLStreamConstants.END_DOCUMENT -> {}
        default ->
            throw new Unacceptable(
                XmlVerdict.RESTRICTED_XML, "XML event " + reader.getEventType() + " in a stream");
      }
    }
    if (root == null) {
      throw new Unacceptable(XmlVerdict.NOT_WELL_FORMED, "no element");
    }
    return root;
  }

  private static boolean declaresDefault(XMLStreamReader reader) {
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      if (prefix == null || prefix.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static Element.Builder start(
      XMLStreamReader reader, XmlLimits limits, String defaultNamespace) throws Unacceptable {
    int attributes = reader.getAttributeCount();
    if (attributes + reader.getNamespaceCount() > limits.attributes()) {
      throw new Unacceptable(XmlVerdict.POLICY_VIOLATION, "more attributes than allowed");
    }
    String namespace = orEmpty(reader.getNamespaceURI());
    boolean prefixed = !orEmpty(reader.getPrefix()).isEmpty();
    Element.Builder element =
        Element.of(
            reader.getLocalName(), namespace.isEmpty() && !prefixed ? defaultNamespace : namespace);
    for (int i = 0; i < attributes; i++) {
      String prefix = orEmpty(reader.getAttributePrefix(i));
      String name = reader.getAttributeLocalName(i);
      if (prefix.equals("xml")) {
        name = "xml:" + name;
      } else if (prefix.equals("stream")) {
        // The writer declares this prefix itself, and two declarations would be ill-formed.
        throw new Unacceptable(XmlVerdict.BAD_NAMESPACE_PREFIX, "an attribute of the stream");
      } else if (!prefix.isEmpty()) {
        // Its declaration may stand further out; a part of the tree must stand alone.
        element.set("xmlns:" + prefix, reader.getAttributeNamespace(i));
        name = prefix + ":" + name;
      }
      element.set(name, reader.getAttributeValue(i));
    }
    return element;
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }

  private static String firstLine(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static WstxInputFactory hardened() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, false);
    // Coarse bounds for a parser that is not told the limits of the call.
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 256);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 128);
    factory.setProperty(
        XMLInputFactory.RESOLVER,
        (javax.xml.stream.XMLResolver)
            (publicId, systemId, base, namespace) -> {
              throw new XMLStreamException("nothing is fetched");
            });
    return factory;
  }

  private static final class Unacceptable extends Exception {
    private final XmlVerdict verdict;

    Unacceptable(XmlVerdict verdict, String message) {
      super(message, null, false, false);
      this.verdict = verdict;
    }
  }
}
