package org.meetjar.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Takes what arrives at the sockets of a group, many datagrams a call. What the kernel has put
 * together (UDP_GRO) is taken apart again. Belongs to the group's thread.
 */
final class ReceiveQueue {
  /** With GRO an entry may be as long as a datagram can be. */
  private static final int GRO_ENTRIES = 16;

  private static final int GRO_BYTES = 65_536;
  private static final int PLAIN_ENTRIES = 64;
  private static final int NAME_BYTES = 32;
  private static final int CONTROL_BYTES = 64;

  private final SystemCalls calls;
  private final int entries;
  private final int entryBytes;
  private final NativeMemory headers;
  private final NativeMemory vectors;
  private final NativeMemory names;
  private final NativeMemory controls;
  private final NativeMemory payload;
  private final byte[] datagram = new byte[DatagramPort.MAX_DATAGRAM_BYTES];
  private final AddressCache addresses = new AddressCache();

  /** What the control data of an entry said: the datagrams' length, 0 when it is one. */
  private int segment;

  private long overflowed;

  ReceiveQueue(SystemCalls calls, boolean gro) {
    this.calls = calls;
    entries = gro ? GRO_ENTRIES : PLAIN_ENTRIES;
    entryBytes = gro ? GRO_BYTES : DatagramPort.MAX_DATAGRAM_BYTES;
    headers = new NativeMemory(calls, entries * Linux.MMSGHDR);
    vectors = new NativeMemory(calls, entries * Linux.IOVEC);
    names = new NativeMemory(calls, entries * NAME_BYTES);
    controls = new NativeMemory(calls, entries * CONTROL_BYTES);
    payload = new NativeMemory(calls, entries * entryBytes);
    for (int i = 0; i < entries; i++) {
      ByteBuffer header = headers.bytes;
      int at = i * Linux.MMSGHDR;
      header.putLong(at + Linux.MSG_NAME, names.address + i * NAME_BYTES);
      header.putLong(at + Linux.MSG_IOV, vectors.address + i * Linux.IOVEC);
      header.putLong(at + Linux.MSG_IOVLEN, 1);
      header.putLong(at + Linux.MSG_CONTROL, controls.address + i * CONTROL_BYTES);
      vectors.bytes.putLong(i * Linux.IOVEC, payload.address + (long) i * entryBytes);
      vectors.bytes.putLong(i * Linux.IOVEC + Linux.IOV_LEN, entryBytes);
    }
  }

  /** Takes about so many datagrams from a socket, fewer when there are no more. */
  int receive(NativeDatagramPort port, DatagramSink sink, int batch) throws IOException {
    int taken = 0;
    while (taken < batch) {
      for (int i = 0; i < entries; i++) {
        int at = i * Linux.MMSGHDR;
        headers.bytes.putInt(at + Linux.MSG_NAMELEN, SocketAddresses.INET6_BYTES);
        headers.bytes.putLong(at + Linux.MSG_CONTROLLEN, CONTROL_BYTES);
      }
      int came = calls.recvmmsg(port.fd(), headers.address, entries, Linux.MSG_DONTWAIT);
      if (came == -Linux.EAGAIN || came == 0) {
        return taken;
      }
      if (came == -Linux.EINTR) {
        continue;
      }
      if (came < 0) {
        throw new IOException("recvmmsg: error " + -came);
      }
      for (int i = 0; i < came; i++) {
        taken += entry(port, sink, i);
      }
      if (came < entries) {
        return taken;
      }
    }
    return taken;
  }

  private int entry(NativeDatagramPort port, DatagramSink sink, int index) {
    InetSocketAddress from = addresses.at(names.bytes, index * NAME_BYTES);
    if (from == null) {
      return 0;
    }
    int length = headers.bytes.getInt(index * Linux.MMSGHDR + Linux.MSG_LEN);
    control(port, index);
    if (segment <= 0) {
      segment = Math.max(1, length);
    }
    int start = index * entryBytes;
    int count = 0;
    int at = 0;
    do {
      int whole = Math.min(segment, length - at);
      int kept = Math.min(whole, datagram.length);
      payload.bytes.get(start + at, datagram, 0, kept);
      sink.datagram(port, datagram, 0, kept, from);
      at += segment;
      count++;
    } while (at < length);
    return count;
  }

  /** How many packets the kernel has dropped so far because the sockets' buffers were full. */
  long overflowed() {
    return overflowed;
  }

  /** Reads what the kernel says of an entry: whether it is a run, and whether some were lost. */
  private void control(NativeDatagramPort port, int index) {
    ByteBuffer control = controls.bytes;
    segment = 0;
    int at = index * CONTROL_BYTES;
    int end = at + (int) headers.bytes.getLong(index * Linux.MMSGHDR + Linux.MSG_CONTROLLEN);
    while (end - at > Linux.CMSG_DATA) {
      int length = (int) control.getLong(at);
      int level = control.getInt(at + Linux.CMSG_LEVEL);
      int type = control.getInt(at + Linux.CMSG_TYPE);
      if (level == Linux.SOL_UDP && type == Linux.UDP_GRO) {
        segment = control.getInt(at + Linux.CMSG_DATA);
      } else if (level == Linux.SOL_SOCKET && type == Linux.SO_RXQ_OVFL) {
        overflowed += port.overflowed(control.getInt(at + Linux.CMSG_DATA));
      }
      at += Math.max(Linux.CMSG_DATA, length + 7 & ~7);
    }
  }
}
