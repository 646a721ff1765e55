package org.meetjar.datagram;

import java.nio.ByteOrder;

/** Numbers and layouts of the Linux ABI, the same on x86-64 and on 64-bit ARM. */
final class Linux {
  static final int SOCK_DGRAM = 2;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int EFD_NONBLOCK = 0x800;
  static final int EFD_CLOEXEC = 0x80000;

  static final int SOL_IP = 0;
  static final int IP_MTU_DISCOVER = 10;
  static final int SOL_SOCKET = 1;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_REUSEPORT = 15;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_RXQ_OVFL = 40;
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;
  static final int SOL_IPV6 = 41;
  static final int IPV6_MTU_DISCOVER = 23;
  static final int IPV6_V6ONLY = 26;

  /** {@code setpriority} of one thread. */
  static final int PRIO_PROCESS = 0;

  static final int MSG_DONTWAIT = 0x40;
  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int EOPNOTSUPP = 95;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENOBUFS = 105;

  /** {@code struct mmsghdr} and the places of its fields. */
  static final int MMSGHDR = 64;

  static final int MSG_NAME = 0;
  static final int MSG_NAMELEN = 8;
  static final int MSG_IOV = 16;
  static final int MSG_IOVLEN = 24;
  static final int MSG_CONTROL = 32;
  static final int MSG_CONTROLLEN = 40;
  static final int MSG_LEN = 56;

  static final int IOVEC = 16;
  static final int IOV_LEN = 8;

  /** {@code struct cmsghdr}: length, level, type; then the data. */
  static final int CMSG_LEVEL = 8;

  static final int CMSG_TYPE = 12;
  static final int CMSG_DATA = 16;

  /** {@code struct pollfd}. */
  static final int POLLFD = 8;

  static final int POLL_EVENTS = 4;
  static final int POLL_REVENTS = 6;

  /** {@code struct timespec}: seconds, then nanoseconds. */
  static final int TIMESPEC = 16;

  static final int TV_NSEC = 8;

  private Linux() {}

  /** Whether this is a machine that the numbers hold for. */
  static boolean isHere() {
    String architecture = System.getProperty("os.arch");
    return System.getProperty("os.name").equals("Linux")
        && (architecture.equals("amd64") || architecture.equals("aarch64"))
        && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }
}
