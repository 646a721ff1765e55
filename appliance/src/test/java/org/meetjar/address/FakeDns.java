package org.meetjar.address;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.meetjar.config.IpAddress;

/** A name server (RFC 1035) that knows the addresses of one name, whatever name is asked for. */
final class FakeDns implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int NO_SUCH_NAME = 3;

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final List<String> addresses;

  FakeDns(String... addresses) throws Exception {
    this.addresses = List.of(addresses);
    Thread thread = new Thread(this::run, "fake name server");
    thread.setDaemon(true);
    thread.start();
  }

  DomainRecords records() {
    return DomainRecords.by("127.0.0.1", socket.getLocalPort());
  }

  private void run() {
    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (Exception closed) {
        return;
      }
    }
  }

  private byte[] answer(byte[] query) throws Exception {
    int end = HEADER;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    // the question's type: A or AAAA
    int size = query[end + 2] == 1 ? 4 : 16;
    List<byte[]> found =
        addresses.stream()
            .map(text -> IpAddress.parse(text).orElseThrow().getAddress())
            .filter(ip -> ip.length == size)
            .toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(query, 0, 2);
    out.writeShort(0x8180 | (addresses.isEmpty() ? NO_SUCH_NAME : 0));
    out.writeShort(1);
    out.writeShort(found.size());
    out.writeInt(0);
    out.write(query, HEADER, end + 5 - HEADER);
    for (byte[] ip : found) {
      out.writeShort(0xC000 | HEADER);
      out.writeShort(ip.length == 4 ? 1 : 28);
      out.writeShort(1);
      out.writeInt(60);
      out.writeShort(ip.length);
      out.write(ip);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
