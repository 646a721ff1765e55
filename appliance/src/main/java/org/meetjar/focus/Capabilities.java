package org.meetjar.focus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.meetjar.xml.Element;

/** Verification strings of XEP-0115 section 5.1. */
final class Capabilities {
  private Capabilities() {}

  /** The verification string of a disco#info result without forms. */
  static String verification(Element query) {
    StringBuilder text = new StringBuilder();
    append(
        text,
        query
            .children("identity", Namespaces.DISCO_INFO)
            .map(
                identity ->
                    String.join(
                        "/",
                        List.of(
                            identity.attribute("category"),
                            identity.attribute("type"),
                            identity.attribute("xml:lang"),
                            identity.attribute("name")))));
    append(
        text,
        query.children("feature", Namespaces.DISCO_INFO).map(feature -> feature.attribute("var")));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void append(StringBuilder text, Stream<String> lines) {
    lines.sorted().forEach(line -> text.append(line).append('<'));
  }

  /** Whether the strings are the same, with or without the padding that some clients leave out. */
  static boolean same(String one, String other) {
    return stripped(one).equals(stripped(other));
  }

  private static String stripped(String verification) {
    int end = verification.length();
    while (end > 0 && verification.charAt(end - 1) == '=') {
      end--;
    }
    return verification.substring(0, end);
  }
}
