package org.meetjar.focus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource.VideoType;
import org.meetjar.xml.Element;

/** Sources as elements of a Jingle description, XEP-0339. */
final class SourceXml {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** Longest msid that is passed on to others. */
  private static final int MAX_MSID = 256;

  private static final long MAX_SSRC = 0xffff_ffffL;

  private SourceXml() {}

  /** The elements of one kind, sources before groups. */
  static List<Element> write(Map<String, SourceSet> byOwner, MediaKind kind) {
    List<Element> elements = new ArrayList<>();
    byOwner.forEach(
        (owner, set) -> {
          for (Source source : set.sources()) {
            if (source.kind() == kind) {
              elements.add(write(owner, source));
            }
          }
        });
    for (SourceSet set : byOwner.values()) {
      for (SourceGroup group : set.groups()) {
        if (group.kind() == kind) {
          Element.Builder element =
              Element.of("ssrc-group", Namespaces.SOURCES).set("semantics", group.semantics());
          for (long ssrc : group.ssrcs()) {
            element.add(Element.of("source", Namespaces.SOURCES).set("ssrc", ssrc));
          }
          elements.add(element.build());
        }
      }
    }
    return elements;
  }

  /** The contents of a source-add or source-remove. */
  static List<Element> writeContents(Map<String, SourceSet> byOwner) {
    List<Element> contents = new ArrayList<>(2);
    for (MediaKind kind : MediaKind.values()) {
      List<Element> sources = write(byOwner, kind);
      if (!sources.isEmpty()) {
        contents.add(
            Element.of("content", Namespaces.JINGLE)
                .set("creator", "initiator")
                .set("name", kind.wireName())
                .add(
                    Element.of("description", Namespaces.RTP)
                        .set("media", kind.wireName())
                        .addAll(sources))
                .build());
      }
    }
    return contents;
  }

  private static Element write(String owner, Source source) {
    Element.Builder element =
        Element.of("source", Namespaces.SOURCES)
            .set("ssrc", source.ssrc())
            .set("name", source.name());
    if (source.videoType() != VideoType.NONE) {
      element.set("videoType", source.videoType().name().toLowerCase(Locale.ROOT));
    }
    if (!source.msid().isEmpty()) {
      element.add(
          Element.of("parameter", Namespaces.SOURCES)
              .set("name", "msid")
              .set("value", source.msid()));
    }
    return element.add(Element.of("ssrc-info", Namespaces.JITSI_MEET).set("owner", owner)).build();
  }

  /**
   * Reads the sources of one description.
   *
   * @param owner names a source that comes without a name
   */
  static SourceSet read(Element description, MediaKind kind, String owner) throws InvalidSources {
    Set<Source> sources = new LinkedHashSet<>();
    Set<SourceGroup> groups = new LinkedHashSet<>();
    for (Element child : description.children().toList()) {
      // Sources with a restriction identifier in place of an SSRC are not offered, so not in use.
      if (child.is("source", Namespaces.SOURCES) && child.has("ssrc")) {
        sources.add(readSource(child, kind, owner));
      } else if (child.is("ssrc-group", Namespaces.SOURCES)) {
        SourceGroup group = readGroup(child, kind);
        if (!group.ssrcs().isEmpty()) {
          groups.add(group);
        }
      }
    }
    return new SourceSet(sources, groups);
  }

  private static Source readSource(Element element, MediaKind kind, String owner)
      throws InvalidSources {
    String msid =
        element
            .children("parameter", Namespaces.SOURCES)
            .filter(parameter -> parameter.attribute("name").equals("msid"))
            .map(parameter -> parameter.attribute("value"))
            .findFirst()
            .orElse("");
    String name = element.attribute("name");
    if (name.isEmpty()) {
      name = owner + "-" + kind.wireName().charAt(0) + "0";
    }
    if (!NAME.matcher(name).matches()) {
      throw new InvalidSources("a malformed name");
    }
    VideoType videoType =
        switch (element.attribute("videoType")) {
          case "desktop", "desktop_high_fps" -> VideoType.DESKTOP;
          default -> VideoType.CAMERA;
        };
    return new Source(
        readSsrc(element),
        kind,
        name,
        requireClean(msid),
        kind == MediaKind.AUDIO ? VideoType.NONE : videoType);
  }

  private static SourceGroup readGroup(Element element, MediaKind kind) throws InvalidSources {
    String semantics = element.attribute("semantics").toUpperCase(Locale.ROOT);
    if (!semantics.equals(SourceGroup.SIMULCAST) && !semantics.equals(SourceGroup.RETRANSMISSION)) {
      throw new InvalidSources("a group that is neither SIM nor FID");
    }
    // Some clients leave the inner elements in the stream's default namespace.
    List<Long> ssrcs = new ArrayList<>();
    for (Element child : element.children().toList()) {
      if (child.name().equals("source")) {
        ssrcs.add(readSsrc(child));
      }
    }
    return new SourceGroup(kind, semantics, ssrcs);
  }

  private static long readSsrc(Element element) throws InvalidSources {
    try {
      long ssrc = Long.parseLong(element.attribute("ssrc"));
      if (ssrc > 0 && ssrc <= MAX_SSRC) {
        return ssrc;
      }
    } catch (NumberFormatException e) {
      throw new InvalidSources("an SSRC that is no number");
    }
    throw new InvalidSources("an SSRC out of range");
  }

  /** This text becomes a line of the receivers' session descriptions. */
  private static String requireClean(String msid) throws InvalidSources {
    if (msid.length() > MAX_MSID) {
      throw new InvalidSources("an msid that is too long");
    }
    for (int i = 0; i < msid.length(); i++) {
      if (Character.isISOControl(msid.charAt(i))) {
        throw new InvalidSources("an msid with control characters");
      }
    }
    return msid;
  }
}
