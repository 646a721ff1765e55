package org.meetjar.focus;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.meetjar.xml.Element;
import org.w3c.dom.Attr;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Elements from literal XML, for tests. */
final class XmlText {
  private XmlText() {}

  static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return convert(
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement());
    } catch (Exception e) {
      throw new AssertionError(xml, e);
    }
  }

  private static Element convert(Node node) {
    String namespace = node.getNamespaceURI();
    Element.Builder element = Element.of(node.getLocalName(), namespace == null ? "" : namespace);
    NamedNodeMap attributes = node.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (!attribute.getName().startsWith("xmlns")) {
        element.set(attribute.getName(), attribute.getValue());
      }
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeType() == Node.ELEMENT_NODE) {
        element.add(convert(child));
      } else if (child.getNodeType() == Node.TEXT_NODE) {
        element.text(child.getNodeValue());
      }
    }
    return element.build();
  }
}
