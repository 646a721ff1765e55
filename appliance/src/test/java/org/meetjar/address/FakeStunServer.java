package org.meetjar.address;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.meetjar.config.HostPort;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/** A STUN server that sees every client behind the NAT of one address. */
public final class FakeStunServer implements AutoCloseable {
  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private volatile InetAddress mapped;

  /** Requests that are not answered, as if the network had lost them. */
  private volatile int deafFor;

  public FakeStunServer(String mapped) throws Exception {
    this.mapped = InetAddress.getByName(mapped);
    Thread thread = new Thread(this::run, "fake STUN server");
    thread.setDaemon(true);
    thread.start();
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", socket.getLocalPort());
  }

  void mapTo(String address) throws Exception {
    mapped = InetAddress.getByName(address);
  }

  void lose(int requests) {
    deafFor = requests;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread counts
  private void run() {
    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        if (deafFor > 0) {
          deafFor--;
          continue;
        }
        StunMessage request =
            StunMessage.parse(packet.getData(), 0, packet.getLength()).orElseThrow();
        byte[] stranger = new byte[12];
        send(packet, stranger, InetAddress.getByName("192.0.2.66"));
        send(packet, request.transactionId(), mapped);
      } catch (Exception closed) {
        return;
      }
    }
  }

  private void send(DatagramPacket to, byte[] id, InetAddress address) throws Exception {
    byte[] answer =
        new StunWriter(Method.BINDING, MessageClass.SUCCESS, id)
            .add(Attribute.XOR_MAPPED_ADDRESS, new InetSocketAddress(address, to.getPort()))
            .addFingerprint()
            .toBytes();
    socket.send(new DatagramPacket(answer, answer.length, to.getSocketAddress()));
  }

  @Override
  public void close() {
    socket.close();
  }
}
