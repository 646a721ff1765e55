package org.meetjar.focus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.xml.Element;

/**
 * What a client's session-accept leaves of an offer: codecs that it does not have are not in it.
 */
final class AcceptedMedia {
  private AcceptedMedia() {}

  /**
   * The descriptions that the client has narrowed down; one whose codecs it does not name stays as
   * it was offered, and is left out.
   */
  static List<MediaDescription> read(List<MediaDescription> offered, Element jingle) {
    List<MediaDescription> accepted = new ArrayList<>();
    for (Element content : jingle.children("content", Namespaces.JINGLE).toList()) {
      content
          .child("description", Namespaces.RTP)
          .ifPresent(description -> read(offered, description, accepted));
    }
    return accepted;
  }

  private static void read(
      List<MediaDescription> offered, Element description, List<MediaDescription> into) {
    Set<String> types = ids(description, "payload-type", Namespaces.RTP);
    Set<String> extensions = ids(description, "rtp-hdrext", Namespaces.HEADER_EXTENSIONS);
    for (MediaDescription offer : offered) {
      if (offer.kind().wireName().equals(description.attribute("media")) && !types.isEmpty()) {
        into.add(
            new MediaDescription(
                offer.kind(),
                offer.payloadTypes().stream()
                    .filter(type -> types.contains(Integer.toString(type.id())))
                    .toList(),
                offer.headerExtensions().stream()
                    .filter(extension -> extensions.contains(Integer.toString(extension.id())))
                    .toList()));
      }
    }
  }

  private static Set<String> ids(Element description, String name, String namespace) {
    return description
        .children(name, namespace)
        .map(element -> element.attribute("id"))
        .collect(Collectors.toSet());
  }
}
