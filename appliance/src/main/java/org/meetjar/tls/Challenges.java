package org.meetjar.tls;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;

/**
 * What an authority that wants proof is answered: on the plain port by the token that it asks for
 * (RFC 8555 section 8.3), on the encrypted port by the server name (RFC 8737 section 3). Answers
 * are there only while the authority is expected. Any thread may ask.
 */
final class Challenges {
  /** What the authority's connections say by ALPN, RFC 8737 section 6.2. */
  static final String PROTOCOL = "acme-tls/1";

  private final Map<String, String> byToken = new ConcurrentHashMap<>();
  private final Map<String, Credentials> byServerName = new ConcurrentHashMap<>();

  /** Answers on the plain port, until the offer is closed. */
  Offer offer(String token, String keyAuthorization) {
    byToken.put(token, keyAuthorization);
    return () -> byToken.remove(token);
  }

  /** Answers on the encrypted port, until the offer is closed. */
  Offer offer(String serverName, Credentials credentials) {
    byServerName.put(serverName, credentials);
    return () -> byServerName.remove(serverName);
  }

  Optional<String> answer(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  Optional<Credentials> credentials(String serverName) {
    return Optional.ofNullable(byServerName.get(serverName));
  }

  /** Whether the connection is an authority's. Known only with TLS 1.3, before a key is chosen. */
  static boolean isAsked(SSLEngine engine) {
    return engine != null && PROTOCOL.equals(engine.getHandshakeApplicationProtocol());
  }

  /** The server name that a client asks for (RFC 6066 section 3), or the empty string. */
  static String serverName(SSLEngine engine) {
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      List<SNIServerName> names = session.getRequestedServerNames();
      for (SNIServerName name : names) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName().toLowerCase(Locale.ROOT);
        }
      }
    }
    return "";
  }

  /** An answer that is there until it is closed. */
  interface Offer extends AutoCloseable {
    @Override
    void close();
  }
}
