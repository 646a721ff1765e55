package org.meetjar.config;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name under which people reach the server. */
final class DomainName {
  /** RFC 1123 section 2.1: letters, digits and inner hyphens, 63 at most in a label. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  /** RFC 6890: this host, private, carrier-grade NAT, loopback, link-local, multicast. */
  private static final Pattern OWN_NETWORKS =
      Pattern.compile(
          "0\\.|10\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|127\\.|169\\.254\\."
              + "|172\\.(1[6-9]|2\\d|3[01])\\.|192\\.168\\.|22[4-9]\\.|2[345]\\d\\.");

  /** RFC 4291, RFC 4193, RFC 3849: not global unicast, or for documentation. */
  private static final Pattern GLOBAL_IPV6 = Pattern.compile("[23][0-9a-f]{3}:.*");

  /** A name whose last part is a number is none, but perhaps an address. */
  private static final Pattern NUMBER_LAST = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

  /**
   * Names of no authority's world: RFC 6761, RFC 6762 and its appendix G, RFC 7686, RFC 8375, and
   * ICANN's {@code internal}.
   */
  private static final Pattern OWN_NAMES =
      Pattern.compile(
          "(.*\\.)?(localhost|test|example|invalid|local|onion|home\\.arpa|internal|intranet|private"
              + "|corp|home|lan)");

  private static final int MAX_LENGTH = 253;

  private DomainName() {}

  /**
   * The name in lower case and, for an international one, in its ASCII form; an IPv6 address, with
   * brackets or without, as RFC 5952 writes it, without.
   */
  static String of(String text) {
    return text.indexOf(':') < 0
        ? name(text)
        : IpAddress.parse(text.strip()).map(IpAddress::text).orElseThrow(() -> malformed(text));
  }

  /** How the name stands in addresses of the web, RFC 3986 section 3.2.2. */
  static String host(String domain) {
    return domain.indexOf(':') < 0 ? domain : "[" + domain + "]";
  }

  /**
   * The name of the server in XMPP, whose services have names below it: an IPv6 address is written
   * as a name, since nothing can be below one.
   */
  static String xmpp(String domain) {
    if (domain.indexOf(':') < 0) {
      return domain;
    }
    StringBuilder name = new StringBuilder();
    byte[] ip = IpAddress.parse(domain).orElseThrow().getAddress();
    for (int i = 0; i < ip.length; i += 2) {
      name.append(i == 0 ? "" : "-");
      name.append(Integer.toHexString((ip[i] & 0xFF) << 8 | (ip[i + 1] & 0xFF)));
    }
    return name.append(".ipv6").toString();
  }

  private static String name(String text) {
    String name = text.strip();
    try {
      // most names need none of it, and it takes time to load
      boolean ascii = name.chars().allMatch(c -> c < 0x80);
      name = (ascii ? name : IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAName) {
      throw malformed(text);
    }
    boolean number = NUMBER_LAST.matcher(name).matches() && IpAddress.parse(name).isEmpty();
    if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches() || number) {
      throw malformed(text);
    }
    return name;
  }

  /**
   * Whether the name is one of the Internet, a domain or an address: not this machine, a bare host
   * name, or an address of a network of one's own.
   */
  static boolean isPublic(String name) {
    if (name.indexOf(':') >= 0) {
      return GLOBAL_IPV6.matcher(name).matches();
    }
    return IpAddress.parse(name).isPresent()
        ? !OWN_NETWORKS.matcher(name).lookingAt()
        : name.indexOf('.') >= 0 && !name.endsWith(".localhost");
  }

  /** Whether a public authority may give a certificate for the name. */
  static boolean isCertifiable(String name) {
    return isPublic(name) && !OWN_NAMES.matcher(name).matches();
  }

  private static StartFailure malformed(String text) {
    return new StartFailure(
        "The domain "
            + Values.quoted(text)
            + " is no host name: give the name alone, such as meet.example.org, without scheme,"
            + " port or path.");
  }
}
