package org.meetjar.doctor;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/** Asks a relay for an allocation, and gives it back: what every client does first. */
final class RelayClient implements Closeable {
  private static final byte[] UDP = {17, 0, 0, 0};
  private static final int TIMEOUT_MS = 3_000;
  private static final int TRIES = 2;
  private static final int MAX_MESSAGE = 2_000;

  /** How a message gets there, and another back. */
  private interface Way extends Closeable {
    void send(byte[] message) throws IOException;

    byte[] receive() throws IOException;
  }

  private final Way way;
  private final SecureRandom random = new SecureRandom();

  private RelayClient(Way way) {
    this.way = way;
  }

  static RelayClient overUdp(InetSocketAddress server) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    socket.setSoTimeout(TIMEOUT_MS);
    socket.connect(server);
    return new RelayClient(
        new Way() {
          @Override
          public void send(byte[] message) throws IOException {
            socket.send(new DatagramPacket(message, message.length));
          }

          @Override
          public byte[] receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
          }

          @Override
          public void close() {
            socket.close();
          }
        });
  }

  static RelayClient overTcp(InetSocketAddress server) throws IOException {
    return new RelayClient(new Stream(connected(server)));
  }

  /**
   * Over TLS, whatever certificate is shown: that is another check's business.
   *
   * @param name the server's, to be told to it
   */
  static RelayClient overTls(InetSocketAddress server, String name) throws IOException {
    Socket tcp = connected(server);
    try {
      SSLSocket tls =
          (SSLSocket)
              AnyCertificate.context()
                  .getSocketFactory()
                  .createSocket(tcp, name, server.getPort(), /* autoClose= */ true);
      if (name.indexOf('.') > 0 && !name.matches("[0-9.]+")) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        tls.setSSLParameters(parameters);
      }
      tls.startHandshake();
      return new RelayClient(new Stream(tls));
    } catch (GeneralSecurityException e) {
      tcp.close();
      throw new IOException(e);
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  private static Socket connected(InetSocketAddress server) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(server, TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** STUN messages one after the other, RFC 8489 section 6.2.2. */
  private record Stream(Socket socket) implements Way {
    @Override
    public void send(byte[] message) throws IOException {
      socket.getOutputStream().write(message);
    }

    @Override
    public byte[] receive() throws IOException {
      byte[] header = socket.getInputStream().readNBytes(StunMessage.HEADER);
      if (header.length < StunMessage.HEADER) {
        throw new IOException("the connection was closed");
      }
      int length = (header[2] & 0xFF) << 8 | header[3] & 0xFF;
      byte[] body = socket.getInputStream().readNBytes(Math.min(length, MAX_MESSAGE));
      byte[] whole = Arrays.copyOf(header, header.length + body.length);
      System.arraycopy(body, 0, whole, header.length, body.length);
      return whole;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /**
   * Makes an allocation and ends it.
   *
   * @return the address that others would have reached us by
   * @throws IOException when there is no answer, or a refusal
   */
  InetAddress allocate(String user, String password) throws IOException {
    StunMessage challenge =
        exchange(request(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP));
    String realm = challenge.text(Attribute.REALM).orElseThrow(RelayClient::strange);
    String nonce = challenge.text(Attribute.NONCE).orElseThrow(RelayClient::strange);
    byte[] key = Integrity.longTermKey(user, realm, password);
    StunMessage granted =
        exchange(
            signed(
                request(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP),
                user,
                realm,
                nonce,
                key));
    if (granted.messageClass() != MessageClass.SUCCESS) {
      throw new IOException("it was refused (" + granted.errorCode() + ")");
    }
    InetSocketAddress relayed =
        granted.address(Attribute.XOR_RELAYED_ADDRESS).orElseThrow(RelayClient::strange);
    exchange(signed(request(Method.REFRESH).add(Attribute.LIFETIME, 0), user, realm, nonce, key));
    return relayed.getAddress();
  }

  private static IOException strange() {
    return new IOException("the answer is none of a relay");
  }

  private static StunWriter signed(
      StunWriter request, String user, String realm, String nonce, byte[] key) {
    return request
        .add(Attribute.USERNAME, user)
        .add(Attribute.REALM, realm)
        .add(Attribute.NONCE, nonce)
        .add(Integrity.sha1(key));
  }

  private StunWriter request(int method) {
    byte[] id = new byte[StunMessage.TRANSACTION_ID];
    random.nextBytes(id);
    return new StunWriter(method, MessageClass.REQUEST, id);
  }

  private StunMessage exchange(StunWriter request) throws IOException {
    byte[] bytes = request.toBytes();
    for (int i = 1; ; i++) {
      way.send(bytes);
      try {
        byte[] answer = way.receive();
        return StunMessage.parse(answer, 0, answer.length).orElseThrow(RelayClient::strange);
      } catch (SocketTimeoutException silence) {
        if (i == TRIES || way instanceof Stream) {
          throw new IOException("there is no answer", silence);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    way.close();
  }
}
