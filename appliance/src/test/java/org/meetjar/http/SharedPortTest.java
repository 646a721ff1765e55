package org.meetjar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.TrustAll;
import org.meetjar.channel.ByteChannel;
import org.meetjar.channel.ByteChannelAcceptor;
import org.meetjar.channel.ByteChannelListener;

/** Pages and streams that begin as STUN on one port. */
class SharedPortTest {
  /** A binding request without attributes. */
  private static final byte[] STUN = {
    0, 1, 0, 0, 0x21, 0x12, (byte) 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
  };

  @TempDir Path data;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<ByteChannel> channels = new LinkedBlockingQueue<>();
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data, Map.of(), web -> web.streams(new Echo()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void streamsAreKnownByTheirFirstBytesInsideTls() throws Exception {
    try (Socket socket = tls()) {
      assertEchoes(socket, STUN.length);
    }
  }

  @Test
  void streamsAreKnownThoughTheirFirstBytesComeOneByOne() throws Exception {
    try (Socket socket = tls()) {
      assertEchoes(socket, 1);
    }
  }

  @Test
  void streamsAreKnownByAlpn() throws Exception {
    try (Socket socket = tls("stun.turn")) {
      assertEchoes(socket, STUN.length);
    }
  }

  @Test
  void streamsAreKnownOutsideTls() throws Exception {
    try (Socket socket = plain()) {
      assertEchoes(socket, STUN.length);
    }
  }

  @Test
  void eachProtocolIsKnownByItsNameInAlpn() throws Exception {
    for (String name : new String[] {"h2", "http/1.1", "stun.turn"}) {
      try (SSLSocket socket = tls(name)) {
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo(name);
      }
    }
  }

  @Test
  void whoNamesStunBesideHttpMeansStun() throws Exception {
    try (SSLSocket socket = tls("http/1.1", "stun.turn")) {
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("stun.turn");
    }
  }

  @Test
  void anAuthorityThatNobodyExpectsIsRefused() throws Exception {
    try (SSLSocket socket = tls("acme-tls/1")) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void pagesAreServedWithAndWithoutAlpn() throws Exception {
    assertThat(server.getEncrypted("/health").statusCode()).isEqualTo(200);
    assertThat(
            RawClient.overTls(
                server.web.httpsPort(),
                "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(events).isEmpty();
  }

  @Test
  void anythingElseIsCutOff() throws Exception {
    try (Socket socket = plain()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
      assertThat(ends(socket)).isTrue();
    }
  }

  @Test
  void aClientThatEndsItsSideIsGone() throws Exception {
    try (Socket socket = plain()) {
      assertEchoes(socket, STUN.length);
      socket.shutdownOutput();
      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("closed");
      assertThat(ends(socket)).isTrue();
    }
  }

  @Test
  void whatAClientDoesNotReadIsDroppedWhole() throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(30_000);
      socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.web.httpsPort()));
      assertEchoes(socket, STUN.length);
      ByteChannel channel = channels.poll(30, TimeUnit.SECONDS);
      byte[] message = new byte[1000];
      int sent = 40_000;
      for (int i = 0; i < sent; i++) {
        message[0] = (byte) i;
        message[999] = (byte) i;
        channel.send(ByteBuffer.wrap(message));
      }
      channel.send(ByteBuffer.wrap(message));
      // what came is whole messages, and less than was sent
      int whole = 0;
      socket.setSoTimeout(2_000);
      try {
        while (true) {
          byte[] read = socket.getInputStream().readNBytes(1000);
          assertThat(read[0]).isEqualTo(read[999]);
          whole++;
        }
      } catch (java.net.SocketTimeoutException allRead) {
        assertThat(whole).isBetween(100, sent - 1);
      }
    }
  }

  private void assertEchoes(Socket socket, int atATime) throws Exception {
    for (int from = 0; from < STUN.length; from += atATime) {
      socket.getOutputStream().write(STUN, from, atATime);
      socket.getOutputStream().flush();
    }
    assertThat(socket.getInputStream().readNBytes(STUN.length)).isEqualTo(STUN);
    byte[] more = new byte[9000];
    new SecureRandom().nextBytes(more);
    socket.getOutputStream().write(more);
    assertThat(socket.getInputStream().readNBytes(more.length)).isEqualTo(more);
    assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("opened");
  }

  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return !(reset instanceof java.net.SocketTimeoutException);
    }
  }

  private Socket plain() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.web.httpsPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private SSLSocket tls(String... protocols) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            TrustAll.context().getSocketFactory().createSocket("127.0.0.1", server.web.httpsPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Sends back what comes, from another thread as the relay does. */
  private final class Echo implements ByteChannelAcceptor {
    @Override
    public ByteChannelListener open(ByteChannel channel) {
      events.add("opened");
      channels.add(channel);
      return new ByteChannelListener() {
        @Override
        public void onBytes(ByteBuffer bytes, Runnable taken) {
          new Thread(
                  () -> {
                    channel.send(bytes);
                    taken.run();
                  })
              .start();
        }

        @Override
        public void onClosed() {
          events.add("closed");
        }
      };
    }
  }
}
