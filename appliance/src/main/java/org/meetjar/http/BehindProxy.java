package org.meetjar.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.meetjar.config.HttpSettings;
import org.meetjar.config.IpAddress;
import org.meetjar.config.Network;

/**
 * Believes what a proxy says of its client (RFC 7239, and the X-Forwarded fields before it), if it
 * is one that the settings name. Each proxy adds the address that it sees to those that it was
 * told, so that the last one that no proxy of ours has is the client's; what stands before it may
 * be the client's invention.
 */
final class BehindProxy implements HttpConfiguration.Customizer {
  private static final List<String> TOLD =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Server",
          "X-Proxied-Https",
          "Proxy-auth-cert",
          "Proxy-ssl-id");

  private final HttpSettings settings;
  private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();

  BehindProxy(HttpSettings settings) {
    this.settings = settings;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    HttpFields headers = request.getHeaders();
    if (TOLD.stream().noneMatch(headers::contains)
        || !(request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress from)
        || !isOurs(from.getAddress())) {
      return request;
    }
    HttpFields checked = checked(headers, from.getAddress());
    return forwarded.customize(
        new Request.Wrapper(request) {
          @Override
          public HttpFields getHeaders() {
            return checked;
          }
        },
        responseHeaders);
  }

  /**
   * The headers with what is believed alone, each in one form. That the request was passed on, if
   * only by whom, always stands there.
   */
  private HttpFields checked(HttpFields headers, InetAddress proxy) {
    HttpFields.Mutable checked = HttpFields.build(headers);
    TOLD.forEach(checked::remove);
    checked.put(HttpHeader.X_FORWARDED_FOR, written(client(headers).orElse(proxy)));
    // pages of a public domain are encrypted, whether the proxy says it or not
    Optional<String> scheme =
        first(headers, HttpHeader.X_FORWARDED_PROTO, "proto")
            .map(word -> word.toLowerCase(Locale.ROOT))
            .filter(word -> word.equals("http") || word.equals("https"))
            .or(() -> settings.publicDomain() ? Optional.of("https") : Optional.empty());
    scheme.ifPresent(word -> checked.put(HttpHeader.X_FORWARDED_PROTO, word));
    first(headers, HttpHeader.X_FORWARDED_HOST, "host")
        .or(() -> ofAProxy(headers.get(HttpHeader.HOST)))
        .ifPresent(host -> checked.put(HttpHeader.X_FORWARDED_HOST, host));
    return checked;
  }

  /** Our domain, where a proxy asks by an address that only it knows. */
  private Optional<String> ofAProxy(String host) {
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return settings.publicDomain()
            && !settings.names().contains(name)
            && !name.equals(settings.host())
        ? Optional.of(settings.host())
        : Optional.empty();
  }

  /** The address that the outermost proxy of ours has seen. */
  private Optional<InetAddress> client(HttpFields headers) {
    List<String> hops = all(headers, HttpHeader.X_FORWARDED_FOR, "for");
    Optional<InetAddress> seen = Optional.empty();
    for (int i = hops.size() - 1; i >= 0; i--) {
      Optional<InetAddress> hop = IpAddress.parse(withoutPort(hops.get(i)));
      if (hop.isEmpty()) {
        break;
      }
      seen = hop;
      if (!isOurs(hop.get())) {
        break;
      }
    }
    return seen;
  }

  private static String written(InetAddress address) {
    String text = IpAddress.text(address);
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      return node.replaceFirst("\\]:\\d+$", "]");
    }
    return node.indexOf(':') == node.lastIndexOf(':') ? node.replaceFirst(":\\d+$", "") : node;
  }

  private static Optional<String> first(HttpFields headers, HttpHeader header, String parameter) {
    return all(headers, header, parameter).stream().findFirst();
  }

  /** The values of the older header, or of the parameter in the newer one. */
  private static List<String> all(HttpFields headers, HttpHeader header, String parameter) {
    List<String> older = headers.getCSV(header, false);
    if (!older.isEmpty()) {
      return older;
    }
    List<String> values = new ArrayList<>();
    for (HttpField field : headers.getFields(HttpHeader.FORWARDED)) {
      for (String hop : field.getValue().split(",", -1)) {
        for (String pair : hop.split(";", -1)) {
          int equals = pair.indexOf('=');
          if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(parameter)) {
            values.add(pair.substring(equals + 1).strip().replace("\"", ""));
          }
        }
      }
    }
    return values;
  }

  private boolean isOurs(InetAddress address) {
    for (Network proxy : settings.trustedProxies()) {
      if (proxy.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
