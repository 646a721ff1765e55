package org.meetjar.http;

import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;

/**
 * Connections of an authority that wants proof: the handshake has shown it the certificate that it
 * came for, and nothing is said after that (RFC 8737 section 3).
 */
final class AcmeConnectionFactory extends AbstractConnectionFactory {
  /** The name in ALPN, RFC 8737 section 6.2. */
  static final String PROTOCOL = "acme-tls/1";

  AcmeConnectionFactory() {
    super(PROTOCOL);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return new Silent(connector, endPoint);
  }

  private static final class Silent extends AbstractConnection {
    Silent(Connector connector, EndPoint endPoint) {
      super(endPoint, connector.getExecutor());
    }

    @Override
    public void onOpen() {
      super.onOpen();
      close();
    }

    @Override
    public void onFillable() {
      close();
    }
  }
}
