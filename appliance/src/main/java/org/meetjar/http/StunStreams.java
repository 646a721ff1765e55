package org.meetjar.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.meetjar.channel.ByteChannelAcceptor;

/**
 * Knows streams that begin with a STUN message (RFC 8489 section 5) from others: no request line of
 * HTTP and no record of TLS has two zero bits first and the magic cookie in its place.
 */
final class StunStreams extends AbstractConnectionFactory implements ConnectionFactory.Detecting {
  /** The name in ALPN, RFC 7443. */
  static final String PROTOCOL = "stun.turn";

  private static final byte[] MAGIC_COOKIE = {0x21, 0x12, (byte) 0xA4, 0x42};
  private static final int COOKIE_AT = 4;

  private final ByteChannelAcceptor acceptor;

  StunStreams(ByteChannelAcceptor acceptor) {
    super(PROTOCOL);
    this.acceptor = acceptor;
  }

  @Override
  public Detection detect(ByteBuffer buffer) {
    int size = buffer.remaining();
    if (size > 0 && (buffer.get(buffer.position()) & 0xC0) != 0) {
      return Detection.NOT_RECOGNIZED;
    }
    for (int i = 0; i < MAGIC_COOKIE.length && COOKIE_AT + i < size; i++) {
      if (buffer.get(buffer.position() + COOKIE_AT + i) != MAGIC_COOKIE[i]) {
        return Detection.NOT_RECOGNIZED;
      }
    }
    return size < COOKIE_AT + MAGIC_COOKIE.length
        ? Detection.NEED_MORE_BYTES
        : Detection.RECOGNIZED;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(
        new ByteConnection(endPoint, connector.getExecutor(), acceptor), connector, endPoint);
  }
}
