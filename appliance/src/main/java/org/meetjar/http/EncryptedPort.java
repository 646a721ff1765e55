package org.meetjar.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.meetjar.channel.ByteChannelAcceptor;

/**
 * What is spoken on the encrypted port: HTTP/2 and HTTP/1.1 in TLS, the handshake alone with an
 * authority that wants proof and, when somebody takes them, streams that begin as STUN. Those are
 * told apart by ALPN, else by their first bytes, inside TLS and outside.
 */
final class EncryptedPort {
  private static final int MAX_STREAMS = 64;

  /** Forward secret and authenticated; the first are those of TLS 1.3 (RFC 9325). */
  private static final String[] CIPHER_SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private EncryptedPort() {}

  static List<ConnectionFactory> protocols(
      SSLContext tls, HttpConfiguration configuration, Optional<ByteChannelAcceptor> streams) {
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    // names other than the certificate's are for the browser to judge
    secure.setSniHostCheck(false);
    configuration.addCustomizer(secure);
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(configuration);
    http2.setMaxConcurrentStreams(MAX_STREAMS);
    // a WebSocket gets a connection of its own, which can be cut alone
    http2.setConnectProtocolEnabled(false);
    HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
    List<ConnectionFactory> protocols = new ArrayList<>();
    if (streams.isEmpty()) {
      ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
      alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
      protocols.add(encryption(tls, alpn.getProtocol()));
      protocols.add(alpn);
      protocols.add(http2);
      protocols.add(new AcmeConnectionFactory());
    } else {
      StunStreams stun = new StunStreams(streams.get());
      // what follows it in the list is taken for whatever it doesn't know
      DetectorConnectionFactory inside = new DetectorConnectionFactory(stun);
      ALPNServerConnectionFactory alpn =
          // the best first; who names STUN beside HTTP, as coturn's clients do, means STUN
          new ALPNServerConnectionFactory(
              StunStreams.PROTOCOL,
              http2.getProtocol(),
              http1.getProtocol().toLowerCase(Locale.ROOT),
              AcmeConnectionFactory.PROTOCOL);
      alpn.setDefaultProtocol(inside.getProtocol());
      SslConnectionFactory ssl = encryption(tls, alpn.getProtocol());
      protocols.add(new Outside(ssl, stun));
      protocols.add(ssl);
      protocols.add(alpn);
      protocols.add(http2);
      protocols.add(stun);
      protocols.add(new AcmeConnectionFactory());
      protocols.add(inside);
    }
    protocols.add(http1);
    return protocols;
  }

  private static SslConnectionFactory encryption(SSLContext tls, String next) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(tls);
    context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    context.setExcludeCipherSuites();
    context.setIncludeCipherSuites(CIPHER_SUITES);
    context.setRenegotiationAllowed(false);
    context.setSniRequired(false);
    context.setEndpointIdentificationAlgorithm(null);
    return new SslConnectionFactory(context, next);
  }

  /** Tells TLS from STUN in the clear; anything else is not for this port. */
  private static final class Outside extends DetectorConnectionFactory {
    Outside(Detecting... known) {
      super(known);
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer read) {
      endPoint.close();
    }
  }
}
