package org.meetjar.datagram;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A {@link DatagramPort} whose system calls are batches. */
final class NativeDatagramPort implements DatagramPort {
  private final SystemCalls calls;
  private final int index;
  private final int fd;
  private final InetSocketAddress local;
  private final boolean cuts;
  private final boolean joins;

  /** Made when first used: few of a machine's addresses ever send. */
  private SendQueue queue;

  /** What the kernel said last of how many packets it has dropped here, modulo 2 to the 32nd. */
  private int overflow;

  private NativeDatagramPort(
      SystemCalls calls, int index, int fd, InetSocketAddress local, boolean cuts, boolean joins) {
    this.calls = calls;
    this.index = index;
    this.fd = fd;
    this.local = local;
    this.cuts = cuts;
    this.joins = joins;
  }

  static NativeDatagramPort bind(
      SystemCalls calls, int index, InetAddress address, int port, boolean shared, int bufferBytes)
      throws IOException {
    boolean six = address instanceof Inet6Address;
    int type = Linux.SOCK_DGRAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int fd = calls.socket(six ? SocketAddresses.INET6 : SocketAddresses.INET, type, 0);
    if (fd < 0) {
      throw new IOException("no socket: error " + -fd);
    }
    try {
      NativeMemory memory = new NativeMemory(calls, 64);
      Options options = new Options(calls, fd, memory);
      if (shared && !options.set(Linux.SOL_SOCKET, Linux.SO_REUSEPORT, 1)) {
        throw new IOException("the port cannot be shared by several sockets");
      }
      options.buffer(Linux.SO_RCVBUFFORCE, Linux.SO_RCVBUF, bufferBytes);
      options.buffer(Linux.SO_SNDBUFFORCE, Linux.SO_SNDBUF, bufferBytes);
      // Packets that are too large for a link are cut up on the way, as the JDK's sockets have it.
      if (six) {
        options.set(Linux.SOL_IPV6, Linux.IPV6_V6ONLY, 1);
        options.set(Linux.SOL_IPV6, Linux.IPV6_MTU_DISCOVER, 0);
      } else {
        options.set(Linux.SOL_IP, Linux.IP_MTU_DISCOVER, 0);
      }
      options.set(Linux.SOL_SOCKET, Linux.SO_RXQ_OVFL, 1);
      boolean cuts = options.set(Linux.SOL_UDP, Linux.UDP_SEGMENT, 0);
      boolean joins = options.set(Linux.SOL_UDP, Linux.UDP_GRO, 1);
      byte[] name = SocketAddresses.encode(new InetSocketAddress(address, port));
      memory.bytes.put(0, name);
      int bound = calls.bind(fd, memory.address, name.length);
      if (bound < 0) {
        throw failure(address, port, -bound);
      }
      memory.bytes.putInt(32, SocketAddresses.INET6_BYTES);
      int named = calls.getsockname(fd, memory.address, memory.address + 32);
      InetSocketAddress local = named < 0 ? null : SocketAddresses.decode(memory.bytes, 0);
      if (local == null) {
        throw new IOException("a socket without an address");
      }
      return new NativeDatagramPort(
          calls, index, fd, new InetSocketAddress(address, local.getPort()), cuts, joins);
    } catch (IOException | RuntimeException e) {
      calls.close(fd);
      throw e;
    }
  }

  private static IOException failure(InetAddress address, int port, int error) {
    String where = address.getHostAddress() + " port " + port;
    return switch (error) {
      case Linux.EADDRINUSE -> new BindException(where + " is in use");
      case Linux.EACCES -> new BindException(where + " is not allowed");
      case Linux.EADDRNOTAVAIL -> new BindException(where + " is not this machine's");
      default -> new IOException(where + ": error " + error);
    };
  }

  /** Socket options, all of which are an int. */
  private record Options(SystemCalls calls, int fd, NativeMemory memory) {
    boolean set(int level, int option, int value) {
      memory.bytes.putInt(0, value);
      return calls.setsockopt(fd, level, option, memory.address, Integer.BYTES) >= 0;
    }

    /** Root may have more than {@code net.core.rmem_max}. */
    void buffer(int forced, int plain, int bytes) {
      if (!set(Linux.SOL_SOCKET, forced, bytes)) {
        set(Linux.SOL_SOCKET, plain, bytes);
      }
    }
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  int fd() {
    return fd;
  }

  /** Whether runs leave as one message. */
  boolean cuts() {
    return queue == null ? cuts : queue.cuts();
  }

  /** Whether the kernel puts together what arrives in a row. */
  boolean joins() {
    return joins;
  }

  @Override
  public int send(
      Destination to, byte[] arena, int[] offsets, int[] lengths, int first, int count) {
    if (queue == null) {
      queue = new SendQueue(calls, fd, cuts);
    }
    return queue.add(to, arena, offsets, lengths, first, count);
  }

  int flush() {
    return queue == null ? 0 : queue.flush();
  }

  long packetsInRuns() {
    return queue == null ? 0 : queue.packetsInRuns();
  }

  /**
   * Takes note of the kernel's count of packets that it dropped here because the buffer was full.
   *
   * @return how many they are more than before
   */
  int overflowed(int count) {
    int more = count - overflow;
    overflow = count;
    return more;
  }

  void close() {
    calls.close(fd);
  }
}
