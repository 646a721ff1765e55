package org.meetjar.datagram;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** {@link SystemCalls} by JNA's direct mapping: for Java 17 to 21. */
final class JnaCalls extends SystemCalls {
  /** The functions themselves; JNA finds them by their names. */
  private static final class C {
    static {
      Native.register(C.class, NativeLibrary.getProcess());
    }

    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, long address, int length);

    static native int getsockname(int fd, long address, long length);

    static native int setsockopt(int fd, int level, int option, long value, int length);

    static native int ppoll(long entries, long count, long timeout, long signals);

    static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    static native int sendmmsg(int fd, long messages, int count, int flags);

    static native int eventfd(int initial, int flags);

    static native long write(int fd, long from, long count);

    static native long read(int fd, long to, long count);

    static native int close(int fd);

    static native int setpriority(int which, int thread, int nice);
  }

  private static int orError(long result) {
    return result < 0 ? -Native.getLastError() : (int) result;
  }

  @Override
  long addressOf(ByteBuffer direct) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }

  @Override
  int socket(int domain, int type, int protocol) {
    return orError(C.socket(domain, type, protocol));
  }

  @Override
  int bind(int fd, long address, int length) {
    return orError(C.bind(fd, address, length));
  }

  @Override
  int getsockname(int fd, long address, long length) {
    return orError(C.getsockname(fd, address, length));
  }

  @Override
  int setsockopt(int fd, int level, int option, long value, int length) {
    return orError(C.setsockopt(fd, level, option, value, length));
  }

  @Override
  int ppoll(long entries, long count, long timeout) {
    return orError(C.ppoll(entries, count, timeout, 0));
  }

  @Override
  int recvmmsg(int fd, long messages, int count, int flags) {
    return orError(C.recvmmsg(fd, messages, count, flags, 0));
  }

  @Override
  int sendmmsg(int fd, long messages, int count, int flags) {
    return orError(C.sendmmsg(fd, messages, count, flags));
  }

  @Override
  int eventfd(int initial, int flags) {
    return orError(C.eventfd(initial, flags));
  }

  @Override
  void write(int fd, long from, long count) {
    C.write(fd, from, count);
  }

  @Override
  int read(int fd, long to, long count) {
    return orError(C.read(fd, to, count));
  }

  @Override
  int close(int fd) {
    return orError(C.close(fd));
  }

  @Override
  int setpriority(int which, int thread, int nice) {
    return orError(C.setpriority(which, thread, nice));
  }

  @Override
  void mallocTrim() {
    try {
      NativeLibrary.getProcess().getFunction("malloc_trim").invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError e) {
      // Only glibc has it.
    }
  }

  @Override
  String name() {
    return "JNA";
  }
}
