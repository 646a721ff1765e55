package org.meetjar.datagram;

import java.nio.ByteBuffer;

/**
 * The C library's functions that batches need, by addresses in memory. An answer below 0 is the
 * error's number, negative. One instance belongs to one thread, but for {@link #write}.
 */
abstract class SystemCalls {
  /** Where a direct buffer's memory begins. */
  abstract long addressOf(ByteBuffer direct);

  abstract int socket(int domain, int type, int protocol);

  abstract int bind(int fd, long address, int length);

  abstract int getsockname(int fd, long address, long length);

  abstract int setsockopt(int fd, int level, int option, long value, int length);

  /**
   * @param timeout address of a {@code timespec}, 0 to wait for ever
   */
  abstract int ppoll(long entries, long count, long timeout);

  abstract int recvmmsg(int fd, long messages, int count, int flags);

  abstract int sendmmsg(int fd, long messages, int count, int flags);

  abstract int eventfd(int initial, int flags);

  /** May be called from any thread; whether it worked is not told. */
  abstract void write(int fd, long from, long count);

  abstract int read(int fd, long to, long count);

  abstract int close(int fd);

  /**
   * Sets the niceness of a thread, which Linux has for each.
   *
   * @param thread its number; 0 for the calling one
   */
  abstract int setpriority(int which, int thread, int nice);

  /** Gives free memory back to the system, where the C library has a function for that. */
  abstract void mallocTrim();

  /** How it reaches them. */
  abstract String name();
}
