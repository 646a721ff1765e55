package org.meetjar.xmpp;

import java.util.Optional;

/**
 * An XMPP address (RFC 7622). Empty parts are absent. Node and domain are held in lower case, as
 * every Jitsi client writes them; the resource is compared as it is.
 */
public record Jid(String node, String domain, String resource) {
  /** Bytes that a part may have, RFC 7622 section 3.1. */
  private static final int MAX_PART = 1023;

  /** Parses an address; empty when it is malformed. */
  public static Optional<Jid> parse(String text) {
    int slash = text.indexOf('/');
    String bare = slash < 0 ? text : text.substring(0, slash);
    String resource = slash < 0 ? "" : text.substring(slash + 1);
    int at = bare.indexOf('@');
    String node = at < 0 ? "" : bare.substring(0, at);
    String domain = bare.substring(at + 1);
    boolean malformed =
        domain.isEmpty()
            || domain.indexOf('@') >= 0
            || (slash >= 0 && resource.isEmpty())
            || (at >= 0 && node.isEmpty())
            || node.length() > MAX_PART
            || domain.length() > MAX_PART
            || resource.length() > MAX_PART
            || !clean(node, true)
            || !clean(domain, true)
            || !clean(resource, false);
    if (malformed) {
      return Optional.empty();
    }
    return Optional.of(new Jid(lower(node), lower(domain), resource));
  }

  /** For addresses that the code itself makes. */
  public static Jid of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a JID: " + text));
  }

  public Jid bare() {
    return resource.isEmpty() ? this : new Jid(node, domain, "");
  }

  public Jid withResource(String newResource) {
    return new Jid(node, domain, newResource);
  }

  public boolean isBare() {
    return resource.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    if (!node.isEmpty()) {
      out.append(node).append('@');
    }
    out.append(domain);
    if (!resource.isEmpty()) {
      out.append('/').append(resource);
    }
    return out.toString();
  }

  private static String lower(String part) {
    return part.toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean clean(String part, boolean strict) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c < 0x20 || c == 0x7f || (strict && (c == ' ' || c == '<' || c == '>' || c == '"'))) {
        return false;
      }
    }
    return true;
  }
}
