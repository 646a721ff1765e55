package org.meetjar.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses XORed with the magic cookie and the transaction id, RFC 8489 section 14.2. */
final class XorAddress {
  private static final int FAMILY_4 = 1;
  private static final int FAMILY_6 = 2;

  private XorAddress() {}

  static int sizeOf(InetSocketAddress address) {
    return address.getAddress() instanceof java.net.Inet4Address ? 8 : 20;
  }

  /**
   * Writes a value.
   *
   * @param message where the message begins in the buffer: cookie and transaction id are the mask
   */
  static void write(InetSocketAddress address, byte[] buffer, int at, int message) {
    byte[] ip = address.getAddress().getAddress();
    int port = address.getPort() ^ (StunMessage.MAGIC_COOKIE >>> 16);
    buffer[at] = 0;
    buffer[at + 1] = (byte) (ip.length == 4 ? FAMILY_4 : FAMILY_6);
    buffer[at + 2] = (byte) (port >>> 8);
    buffer[at + 3] = (byte) port;
    for (int i = 0; i < ip.length; i++) {
      buffer[at + 4 + i] = (byte) (ip[i] ^ buffer[message + 4 + i]);
    }
  }

  /** Reads a value; empty when it is malformed. */
  static Optional<InetSocketAddress> read(byte[] buffer, int at, int size, int message) {
    if (size < 4) {
      return Optional.empty();
    }
    int family = buffer[at + 1];
    int ipSize = family == FAMILY_4 ? 4 : family == FAMILY_6 ? 16 : -1;
    if (size != 4 + ipSize) {
      return Optional.empty();
    }
    int port = StunMessage.readShort(buffer, at + 2) ^ (StunMessage.MAGIC_COOKIE >>> 16);
    byte[] ip = new byte[ipSize];
    for (int i = 0; i < ipSize; i++) {
      ip[i] = (byte) (buffer[at + 4 + i] ^ buffer[message + 4 + i]);
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip), port));
    } catch (UnknownHostException impossible) {
      return Optional.empty();
    }
  }
}
