package org.meetjar.datagram;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.meetjar.foreign.ForeignLinker;

/** {@link SystemCalls} by {@code java.lang.foreign}: for Java 22 and newer. */
final class ForeignCalls extends SystemCalls {
  /** Constants, so that the compiler sees through them; linked when this class is first used. */
  private static final class C {
    private static final ForeignLinker LINKER = ForeignLinker.toTheSystem();
    static final MethodHandle SOCKET = LINKER.link("socket", "i", "iii");
    static final MethodHandle BIND = LINKER.link("bind", "i", "ili");
    static final MethodHandle GETSOCKNAME = LINKER.link("getsockname", "i", "ill");
    static final MethodHandle SETSOCKOPT = LINKER.link("setsockopt", "i", "iiili");
    static final MethodHandle PPOLL = LINKER.link("ppoll", "i", "llll");
    static final MethodHandle RECVMMSG = LINKER.link("recvmmsg", "i", "iliil");
    static final MethodHandle SENDMMSG = LINKER.link("sendmmsg", "i", "ilii");
    static final MethodHandle EVENTFD = LINKER.link("eventfd", "i", "ii");
    static final MethodHandle WRITE = LINKER.link("write", "l", "ill");
    static final MethodHandle READ = LINKER.link("read", "l", "ill");
    static final MethodHandle CLOSE = LINKER.link("close", "i", "i");
    static final MethodHandle SETPRIORITY = LINKER.link("setpriority", "i", "iii");
  }

  /** What a call does that is declared to throw anything. */
  private interface Call {
    long run() throws Throwable;
  }

  /** Where a call leaves its error's number. */
  private final ByteBuffer error = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());

  private final Object errorSegment = C.LINKER.segment(error);

  /** The same for {@link #write}, which other threads call; nobody reads it. */
  private final Object writersError = C.LINKER.segment(ByteBuffer.allocateDirect(16));

  private int orError(long result) {
    return result < 0 ? -error.getInt(0) : (int) result;
  }

  private static IllegalStateException impossible(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a system call", e);
  }

  private int rare(Call call) {
    try {
      return orError(call.run());
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  long addressOf(ByteBuffer direct) {
    return C.LINKER.address(direct);
  }

  @Override
  int socket(int domain, int type, int protocol) {
    return rare(() -> (int) C.SOCKET.invokeExact(errorSegment, domain, type, protocol));
  }

  @Override
  int bind(int fd, long address, int length) {
    return rare(() -> (int) C.BIND.invokeExact(errorSegment, fd, address, length));
  }

  @Override
  int getsockname(int fd, long address, long length) {
    return rare(() -> (int) C.GETSOCKNAME.invokeExact(errorSegment, fd, address, length));
  }

  @Override
  int setsockopt(int fd, int level, int option, long value, int length) {
    return rare(
        () -> (int) C.SETSOCKOPT.invokeExact(errorSegment, fd, level, option, value, length));
  }

  @Override
  int ppoll(long entries, long count, long timeout) {
    try {
      return orError((int) C.PPOLL.invokeExact(errorSegment, entries, count, timeout, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  int recvmmsg(int fd, long messages, int count, int flags) {
    try {
      return orError((int) C.RECVMMSG.invokeExact(errorSegment, fd, messages, count, flags, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  int sendmmsg(int fd, long messages, int count, int flags) {
    try {
      return orError((int) C.SENDMMSG.invokeExact(errorSegment, fd, messages, count, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  int eventfd(int initial, int flags) {
    return rare(() -> (int) C.EVENTFD.invokeExact(errorSegment, initial, flags));
  }

  @Override
  void write(int fd, long from, long count) {
    try {
      long ignored = (long) C.WRITE.invokeExact(writersError, fd, from, count);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  int read(int fd, long to, long count) {
    return rare(() -> (long) C.READ.invokeExact(errorSegment, fd, to, count));
  }

  @Override
  int close(int fd) {
    return rare(() -> (int) C.CLOSE.invokeExact(errorSegment, fd));
  }

  @Override
  int setpriority(int which, int thread, int nice) {
    return rare(() -> (int) C.SETPRIORITY.invokeExact(errorSegment, which, thread, nice));
  }

  @Override
  void mallocTrim() {
    try {
      MethodHandle trim = C.LINKER.link("malloc_trim", "i", "l");
      int ignored = (int) trim.invokeExact(errorSegment, 0L);
    } catch (UnsupportedOperationException e) {
      // Only glibc has it.
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  String name() {
    return "java.lang.foreign";
  }
}
