package org.meetjar.focus;

import java.util.Optional;
import java.util.OptionalInt;
import org.meetjar.colibri.MediaKind;
import org.meetjar.xml.Element;

/** Reads what clients say in Jingle. */
final class JingleReader {
  private JingleReader() {}

  /**
   * All sources of the contents.
   *
   * @param owner who sends this
   */
  static SourceSet sources(Element jingle, String owner) throws InvalidSources {
    SourceSet all = SourceSet.EMPTY;
    for (Element content : jingle.children("content", Namespaces.JINGLE).toList()) {
      Optional<Element> description = content.child("description", Namespaces.RTP);
      if (description.isPresent()) {
        String media = description.get().attribute("media");
        MediaKind kind = kind(media.isEmpty() ? content.attribute("name") : media);
        all = all.plus(SourceXml.read(description.get(), kind, owner));
      }
    }
    return all;
  }

  private static MediaKind kind(String name) throws InvalidSources {
    for (MediaKind kind : MediaKind.values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    throw new InvalidSources("a media kind that was not offered");
  }

  /** How many video sources the client wants to begin with. */
  static OptionalInt initialLastN(Element jingle) {
    return jingle
        .children("content", Namespaces.JINGLE)
        .flatMap(content -> content.children("initial-last-n", Namespaces.COLIBRI2))
        .map(element -> element.attribute("value"))
        .filter(value -> value.matches("-1|\\d{1,6}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  static Optional<Element> bridgeSession(Element jingle) {
    return jingle.child("bridge-session", Namespaces.FOCUS);
  }
}
