package org.meetjar.datagram;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Addresses as Linux has them in memory: {@code sockaddr_in} and {@code sockaddr_in6}. */
final class SocketAddresses {
  static final int INET = 2;
  static final int INET6 = 10;
  static final int INET_BYTES = 16;
  static final int INET6_BYTES = 28;

  private SocketAddresses() {}

  static byte[] encode(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    boolean four = ip.length == 4;
    ByteBuffer out =
        ByteBuffer.allocate(four ? INET_BYTES : INET6_BYTES).order(ByteOrder.nativeOrder());
    out.putShort(0, (short) (four ? INET : INET6));
    out.put(2, (byte) (address.getPort() >>> 8)).put(3, (byte) address.getPort());
    out.put(four ? 4 : 8, ip);
    return out.array();
  }

  /** Reads what lies there; the other family than these two gives null. */
  static InetSocketAddress decode(ByteBuffer memory, int at) {
    int family = memory.getShort(at);
    if (family != INET && family != INET6) {
      return null;
    }
    byte[] ip = new byte[family == INET ? 4 : 16];
    memory.get(at + (family == INET ? 4 : 8), ip);
    int port = (memory.get(at + 2) & 0xFF) << 8 | (memory.get(at + 3) & 0xFF);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(ip), port);
    } catch (UnknownHostException impossible) {
      return null;
    }
  }
}
