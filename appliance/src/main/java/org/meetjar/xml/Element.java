package org.meetjar.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One XML element: local name, namespace, attributes and content, immutable and lossless for what
 * XMPP allows. Prefixed attributes keep their written name ({@code xml:lang}). An element shares
 * its parts with the elements made from it, and keeps its text form once it was asked for, so that
 * a broadcast is serialised once.
 */
public final class Element {
  private final String name;
  private final String namespace;
  private final Map<String, String> attributes;

  /** Children: {@link Element} or {@link String}. */
  private final List<Object> content;

  private String text;

  private Element(
      String name, String namespace, Map<String, String> attributes, List<Object> content) {
    this.name = name;
    this.namespace = namespace;
    this.attributes = attributes;
    this.content = content;
  }

  public static Builder of(String name, String namespace) {
    return new Builder(name, namespace);
  }

  public String name() {
    return name;
  }

  public String namespace() {
    return namespace;
  }

  public boolean is(String expectedName, String expectedNamespace) {
    return name.equals(expectedName) && namespace.equals(expectedNamespace);
  }

  /** The attribute's value, or the empty string: XMPP treats both alike nearly everywhere. */
  public String attribute(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  public Map<String, String> attributes() {
    return attributes;
  }

  /** Child elements and strings in document order. */
  public List<Object> content() {
    return content;
  }

  public Stream<Element> children() {
    return content.stream().filter(Element.class::isInstance).map(Element.class::cast);
  }

  public Stream<Element> children(String childName, String childNamespace) {
    return children().filter(child -> child.is(childName, childNamespace));
  }

  public Optional<Element> child(String childName, String childNamespace) {
    for (Object part : content) {
      if (part instanceof Element child && child.is(childName, childNamespace)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  public Optional<Element> firstChild() {
    return children().findFirst();
  }

  /** The text directly inside this element. */
  public String text() {
    StringBuilder joined = new StringBuilder();
    for (Object part : content) {
      if (part instanceof String string) {
        joined.append(string);
      }
    }
    return joined.toString();
  }

  /** The text of the first such child, or the empty string. */
  public String childText(String childName, String childNamespace) {
    return child(childName, childNamespace).map(Element::text).orElse("");
  }

  /** A builder that starts as a copy of this element. */
  public Builder toBuilder() {
    Builder copy = new Builder(name, namespace);
    copy.attributes.putAll(attributes);
    copy.content.addAll(content);
    return copy;
  }

  public Element with(String attribute, String value) {
    return toBuilder().set(attribute, value).build();
  }

  /** This element without the children that match. */
  public Element without(Predicate<Element> unwanted) {
    Builder copy = new Builder(name, namespace);
    copy.attributes.putAll(attributes);
    for (Object part : content) {
      if (!(part instanceof Element child && unwanted.test(child))) {
        copy.content.add(part);
      }
    }
    return copy.build();
  }

  /** The element as text that stands alone: its namespace is declared on it. */
  public String toXml() {
    String known = text;
    if (known == null) {
      StringBuilder out = new StringBuilder(256);
      write(out, null);
      known = out.toString();
      text = known;
    }
    return known;
  }

  /**
   * The element as text with one more attribute, which it must not have yet. The text of the rest
   * is made once and shared by all calls: for what goes to many receivers.
   */
  public String toXmlWith(String attribute, String value) {
    String rest = toXml();
    int at = 1;
    while (rest.charAt(at) != ' ' && rest.charAt(at) != '>' && rest.charAt(at) != '/') {
      at++;
    }
    StringBuilder out = new StringBuilder(rest.length() + attribute.length() + value.length() + 4);
    out.append(rest, 0, at).append(' ').append(attribute).append("=\"");
    escape(out, value, true);
    return out.append('"').append(rest, at, rest.length()).toString();
  }

  @Override
  public String toString() {
    return toXml();
  }

  private void write(StringBuilder out, String inherited) {
    // Stream-level elements carry the customary prefix: clients look for the literal name.
    String tag = namespace.equals(STREAM_NAMESPACE) ? "stream:" + name : name;
    out.append('<').append(tag);
    boolean prefixed = tag.length() != name.length();
    if (prefixed) {
      out.append(" xmlns:stream=\"").append(STREAM_NAMESPACE).append('"');
    } else if (!namespace.equals(inherited) && !(inherited == null && namespace.isEmpty())) {
      out.append(" xmlns=\"");
      escape(out, namespace, true);
      out.append('"');
    }
    attributes.forEach(
        (key, value) -> {
          out.append(' ').append(key).append("=\"");
          escape(out, value, true);
          out.append('"');
        });
    if (content.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    String childInherited = prefixed ? (inherited == null ? "" : inherited) : namespace;
    for (Object part : content) {
      if (part instanceof Element child) {
        child.write(out, childInherited);
      } else {
        escape(out, (String) part, false);
      }
    }
    out.append("</").append(tag).append('>');
  }

  private static final String STREAM_NAMESPACE = "http://etherx.jabber.org/streams";

  private static void escape(StringBuilder out, String value, boolean inAttribute) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append(inAttribute ? "&quot;" : "\"");
        case '\n' -> out.append(inAttribute ? "&#10;" : "\n");
        case '\t' -> out.append(inAttribute ? "&#9;" : "\t");
        case '\r' -> out.append("&#13;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Element element
        && name.equals(element.name)
        && namespace.equals(element.namespace)
        && attributes.equals(element.attributes)
        && content.equals(element.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, namespace, attributes, content);
  }

  /** Collects the parts of an element. Not for sharing between threads. */
  public static final class Builder {
    private final String name;
    private final String namespace;
    private final Map<String, String> attributes = new LinkedHashMap<>(4);
    private final List<Object> content = new ArrayList<>(4);

    private Builder(String name, String namespace) {
      this.name = Objects.requireNonNull(name);
      this.namespace = Objects.requireNonNull(namespace);
    }

    public Builder set(String attribute, String value) {
      attributes.put(attribute, Objects.requireNonNull(value, attribute));
      return this;
    }

    public Builder set(String attribute, long value) {
      return set(attribute, Long.toString(value));
    }

    public Builder unset(String attribute) {
      attributes.remove(attribute);
      return this;
    }

    public Builder add(Element child) {
      content.add(Objects.requireNonNull(child));
      return this;
    }

    public Builder add(Builder child) {
      return add(child.build());
    }

    public Builder addAll(Iterable<Element> children) {
      children.forEach(content::add);
      return this;
    }

    public Builder text(String value) {
      if (!value.isEmpty()) {
        content.add(value);
      }
      return this;
    }

    /** Adds a child of this element's namespace with only text in it. */
    public Builder textChild(String childName, String value) {
      return add(Element.of(childName, namespace).text(value).build());
    }

    public Builder clearContent() {
      content.clear();
      return this;
    }

    public Element build() {
      return new Element(
          name,
          namespace,
          attributes.isEmpty()
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(attributes)),
          List.copyOf(content));
    }
  }
}
