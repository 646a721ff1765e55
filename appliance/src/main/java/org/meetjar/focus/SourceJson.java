package org.meetjar.focus;

import java.util.Map;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource.VideoType;
import org.meetjar.xml.Element;

/**
 * Sources in the compact form for clients that list {@link Features#JSON_SOURCES}: by owner an
 * array of video sources, video groups, audio sources, audio groups.
 */
final class SourceJson {
  private SourceJson() {}

  static Element write(Map<String, SourceSet> byOwner) {
    StringBuilder out = new StringBuilder(64 + 256 * byOwner.size()).append("{\"sources\":{");
    String separator = "";
    for (Map.Entry<String, SourceSet> entry : byOwner.entrySet()) {
      out.append(separator);
      quote(out, entry.getKey());
      out.append(":[");
      writeKind(out, entry.getValue(), MediaKind.VIDEO);
      out.append(',');
      writeKind(out, entry.getValue(), MediaKind.AUDIO);
      out.append(']');
      separator = ",";
    }
    out.append("}}");
    return Element.of("json-message", Namespaces.JITSI_MEET).text(out.toString()).build();
  }

  private static void writeKind(StringBuilder out, SourceSet set, MediaKind kind) {
    out.append('[');
    String separator = "";
    for (Source source : set.sources()) {
      if (source.kind() == kind) {
        out.append(separator).append("{\"s\":").append(source.ssrc()).append(",\"n\":");
        quote(out, source.name());
        if (!source.msid().isEmpty()) {
          out.append(",\"m\":");
          quote(out, source.msid());
        }
        if (source.videoType() == VideoType.DESKTOP) {
          out.append(",\"v\":\"d\"");
        }
        out.append('}');
        separator = ",";
      }
    }
    out.append("],[");
    separator = "";
    for (SourceGroup group : set.groups()) {
      if (group.kind() == kind) {
        out.append(separator).append("[\"").append(group.isSimulcast() ? 's' : 'f').append('"');
        group.ssrcs().forEach(ssrc -> out.append(',').append((long) ssrc));
        out.append(']');
        separator = ",";
      }
    }
    out.append(']');
  }

  /** RFC 8259 section 7. Control characters don't get this far. */
  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }
}
