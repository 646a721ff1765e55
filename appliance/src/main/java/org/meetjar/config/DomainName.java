package org.meetjar.config;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name under which people reach the server. */
final class DomainName {
  /** RFC 1123 section 2.1: letters, digits and inner hyphens, 63 at most in a label. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /** RFC 6890: this host, private, carrier-grade NAT, loopback, link-local, multicast. */
  private static final Pattern OWN_NETWORKS =
      Pattern.compile(
          "0\\.|10\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|127\\.|169\\.254\\."
              + "|172\\.(1[6-9]|2\\d|3[01])\\.|192\\.168\\.|22[4-9]\\.|2[345]\\d\\.");

  private static final int MAX_LENGTH = 253;

  private DomainName() {}

  /** The name in lower case and, for an international one, in its ASCII form. */
  static String normalise(String text) {
    String name = text.strip();
    try {
      // most names need none of it, and it takes time to load
      boolean ascii = name.chars().allMatch(c -> c < 0x80);
      name = (ascii ? name : IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAName) {
      throw malformed(text);
    }
    if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
      throw malformed(text);
    }
    return name;
  }

  /**
   * Whether the name is one of the Internet, a domain or an address: not this machine, a bare host
   * name, or an address of a network of one's own.
   */
  static boolean isPublic(String name) {
    return IPV4.matcher(name).matches()
        ? !OWN_NETWORKS.matcher(name).lookingAt()
        : name.indexOf('.') >= 0 && !name.endsWith(".localhost");
  }

  private static StartFailure malformed(String text) {
    return new StartFailure(
        "The domain "
            + Values.quoted(text)
            + " is no host name: give the name alone, such as meet.example.org, without scheme,"
            + " port or path.");
  }
}
