package org.meetjar.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Believes what a proxy says of its client (RFC 7239, and the X-Forwarded fields before it), if the
 * proxy is on this machine or in its own network.
 */
final class BehindProxy implements HttpConfiguration.Customizer {
  private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    boolean near =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress from
            && isNear(from.getAddress());
    return near ? forwarded.customize(request, responseHeaders) : request;
  }

  private static boolean isNear(InetAddress address) {
    return address != null
        && (address.isLoopbackAddress()
            || address.isSiteLocalAddress()
            || address.isLinkLocalAddress());
  }
}
