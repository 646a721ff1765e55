package org.meetjar.turn;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/** A TURN client over UDP that says how its requests are answered: 0, or the error's code. */
public final class TurnProbe implements AutoCloseable {
  private static final byte[] UDP = {17, 0, 0, 0};

  private final InetSocketAddress server;
  private final String userName;
  private final String password;
  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final SecureRandom random = new SecureRandom();
  private String realm = "";
  private String nonce = "";

  public TurnProbe(int port, String userName, String password) throws Exception {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.userName = userName;
    this.password = password;
    socket.setSoTimeout(30_000);
  }

  public int allocate() throws Exception {
    StunMessage challenge = exchange(request(Method.ALLOCATE));
    realm = challenge.text(Attribute.REALM).orElseThrow();
    nonce = challenge.text(Attribute.NONCE).orElseThrow();
    return code(request(Method.ALLOCATE).add(Attribute.REQUESTED_TRANSPORT, UDP));
  }

  public int permit(InetAddress peer) throws Exception {
    return code(
        request(Method.CREATE_PERMISSION)
            .add(Attribute.XOR_PEER_ADDRESS, new InetSocketAddress(peer, 0)));
  }

  public int bind(int channel, InetSocketAddress peer) throws Exception {
    return code(
        request(Method.CHANNEL_BIND)
            .add(Attribute.CHANNEL_NUMBER, channel << 16)
            .add(Attribute.XOR_PEER_ADDRESS, peer));
  }

  private int code(StunWriter request) throws Exception {
    StunMessage answer =
        exchange(
            request
                .add(Attribute.USERNAME, userName)
                .add(Attribute.REALM, realm)
                .add(Attribute.NONCE, nonce)
                .add(Integrity.sha1(Integrity.longTermKey(userName, realm, password))));
    return answer.bytes(Attribute.ERROR_CODE).map(value -> value[2] * 100 + value[3]).orElse(0);
  }

  private StunWriter request(int method) {
    byte[] id = new byte[12];
    random.nextBytes(id);
    return new StunWriter(method, MessageClass.REQUEST, id);
  }

  private StunMessage exchange(StunWriter request) throws Exception {
    byte[] bytes = request.toBytes();
    socket.send(new DatagramPacket(bytes, bytes.length, server));
    DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
    socket.receive(answer);
    return StunMessage.parse(answer.getData(), 0, answer.getLength()).orElseThrow();
  }

  @Override
  public void close() {
    socket.close();
  }
}
