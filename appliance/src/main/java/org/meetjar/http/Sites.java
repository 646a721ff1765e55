package org.meetjar.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.meetjar.config.HttpSettings;
import org.meetjar.config.IpAddress;

/** Which addresses are ours: what a request's Host and Origin are held against. */
final class Sites {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+\\]");

  private final HttpSettings settings;
  private final int httpPort;
  private final int httpsPort;

  Sites(HttpSettings settings, int httpPort, int httpsPort) {
    this.settings = settings;
    this.httpPort = httpPort;
    this.httpsPort = httpsPort;
  }

  /**
   * The host, with port where needed, under which this client reaches us: what it asked for, if
   * that is our domain, this machine or a bare address; otherwise our domain. So nothing that
   * somebody puts into a Host header goes into a page.
   */
  String host(Request request) {
    String name = Request.getServerName(request);
    int port = Request.getServerPort(request);
    if (!isOurs(name)) {
      name = settings.domain();
      port = request.isSecure() ? httpsPort : httpPort;
    }
    boolean usual = port <= 0 || port == (request.isSecure() ? 443 : 80);
    String bracketed = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    return usual ? bracketed : bracketed + ":" + port;
  }

  /** Where this client's page may open WebSockets, as sources of a Content Security Policy. */
  String channelOrigins(Request request) {
    String own = (request.isSecure() ? "wss://" : "ws://") + host(request);
    String published = channelOrigin();
    return own.equals(published) ? own : own + " " + published;
  }

  /** Where the bridge's channels are, for clients that are told before they ask. */
  String channelOrigin() {
    return channelOrigin(settings, httpPort, httpsPort);
  }

  static String channelOrigin(HttpSettings settings, int httpPort, int httpsPort) {
    // pages of this machine may mix, and would refuse a certificate of our own making
    boolean plain = isThisMachine(settings.domain());
    int port = plain ? httpPort : httpsPort;
    String shown = port == (plain ? 80 : 443) ? "" : ":" + port;
    return (plain ? "ws://" : "wss://") + settings.host() + shown;
  }

  /** Whether people reach us encrypted, and under a name of the Internet. */
  boolean isPublic() {
    return settings.publicDomain() && settings.encrypted();
  }

  /** The encrypted page's address without path. */
  String https() {
    return "https://" + settings.host() + (httpsPort == 443 ? "" : ":" + httpsPort);
  }

  /**
   * Whether a page from this origin may open our WebSockets (RFC 6454): our own pages, those of the
   * sites that the settings allow and, on a server for this machine, those of this machine.
   */
  boolean allows(String origin, Request request) {
    if (settings.allowedOrigins().contains(origin)) {
      return true;
    }
    URI from;
    try {
      from = URI.create(origin.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
    if (from.getHost() == null || from.getScheme() == null) {
      return false;
    }
    boolean toUs =
        settings.names().contains(bare(from.getHost()))
            && ownPort(from.getScheme(), from.getPort());
    boolean sameHost = from.getRawAuthority().equals(host(request).toLowerCase(Locale.ROOT));
    return toUs || sameHost || (!settings.publicDomain() && isThisMachine(from.getHost()));
  }

  private boolean ownPort(String scheme, int port) {
    return switch (scheme) {
      case "https" -> (port < 0 ? 443 : port) == httpsPort;
      case "http" -> (port < 0 ? 80 : port) == httpPort;
      default -> false;
    };
  }

  private boolean isOurs(String name) {
    return name != null
        && (settings.names().contains(bare(name).toLowerCase(Locale.ROOT))
            || isThisMachine(name)
            || ADDRESS.matcher(name).matches());
  }

  /** A host as the settings have it: an IPv6 address without brackets. */
  private static String bare(String host) {
    return host.startsWith("[") ? IpAddress.parse(host).map(IpAddress::text).orElse(host) : host;
  }

  private static boolean isThisMachine(String name) {
    return name.equalsIgnoreCase("localhost")
        || name.toLowerCase(Locale.ROOT).endsWith(".localhost")
        || name.equals("127.0.0.1")
        || name.equals("[::1]");
  }
}
