package org.meetjar.datagram;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The C library, with errors on command. */
final class FaultyCalls extends SystemCalls {
  private final SystemCalls real = DatagramIo.systemCalls();

  /** What the next calls of sendmmsg answer in the place of sending; 0 lets one through. */
  final Queue<Integer> sendErrors = new ArrayDeque<>();

  /** How many messages each call of sendmmsg was given. */
  final List<Integer> sends = new ArrayList<>();

  int socketError;
  int bindError;

  @Override
  long addressOf(ByteBuffer direct) {
    return real.addressOf(direct);
  }

  @Override
  int socket(int domain, int type, int protocol) {
    return socketError == 0 ? real.socket(domain, type, protocol) : -socketError;
  }

  @Override
  int bind(int fd, long address, int length) {
    return bindError == 0 ? real.bind(fd, address, length) : -bindError;
  }

  @Override
  int getsockname(int fd, long address, long length) {
    return real.getsockname(fd, address, length);
  }

  @Override
  int setsockopt(int fd, int level, int option, long value, int length) {
    return real.setsockopt(fd, level, option, value, length);
  }

  @Override
  int ppoll(long entries, long count, long timeout) {
    return real.ppoll(entries, count, timeout);
  }

  @Override
  int recvmmsg(int fd, long messages, int count, int flags) {
    return real.recvmmsg(fd, messages, count, flags);
  }

  @Override
  int sendmmsg(int fd, long messages, int count, int flags) {
    sends.add(count);
    Integer error = sendErrors.poll();
    return error == null || error == 0 ? real.sendmmsg(fd, messages, count, flags) : -error;
  }

  @Override
  int eventfd(int initial, int flags) {
    return real.eventfd(initial, flags);
  }

  @Override
  void write(int fd, long from, long count) {
    real.write(fd, from, count);
  }

  @Override
  int read(int fd, long to, long count) {
    return real.read(fd, to, count);
  }

  @Override
  int close(int fd) {
    return real.close(fd);
  }

  @Override
  int setpriority(int which, int thread, int nice) {
    return real.setpriority(which, thread, nice);
  }

  @Override
  void mallocTrim() {
    real.mallocTrim();
  }

  @Override
  String name() {
    return "faulty";
  }
}
