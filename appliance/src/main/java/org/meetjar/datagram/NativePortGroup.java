package org.meetjar.datagram;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** A {@link PortGroup} over Linux' own system calls, in batches. */
final class NativePortGroup implements PortGroup {
  private static final long SECOND = 1_000_000_000L;
  private static final int MAX_PORTS = 64;

  private final SystemCalls calls;
  private final List<NativeDatagramPort> ports = new ArrayList<>();
  private final int wakeFd;
  private final NativeMemory polled;

  /** Eight bytes to add to the wake-up counter, and eight to read it into. */
  private final NativeMemory counter;

  private final NativeMemory timeout;
  private final Object opening = new Object();
  private ReceiveQueue received;
  private boolean closed;

  /** Whether the last poll says which sockets are ready. */
  private boolean looked;

  NativePortGroup(SystemCalls calls) throws IOException {
    this.calls = calls;
    polled = new NativeMemory(calls, (MAX_PORTS + 1) * Linux.POLLFD);
    counter = new NativeMemory(calls, 16);
    timeout = new NativeMemory(calls, Linux.TIMESPEC);
    counter.bytes.putLong(0, 1);
    wakeFd = calls.eventfd(0, Linux.EFD_NONBLOCK | Linux.EFD_CLOEXEC);
    if (wakeFd < 0) {
      throw new IOException("eventfd: error " + -wakeFd);
    }
    watch(0, wakeFd);
  }

  private void watch(int entry, int fd) {
    int at = entry * Linux.POLLFD;
    polled.bytes.putInt(at, fd).putShort(at + Linux.POLL_EVENTS, Linux.POLLIN);
  }

  @Override
  public DatagramPort bind(InetAddress address, int port, boolean shared, int bufferBytes)
      throws IOException {
    if (ports.size() == MAX_PORTS) {
      throw new IOException("too many sockets");
    }
    NativeDatagramPort bound =
        NativeDatagramPort.bind(calls, ports.size(), address, port, shared, bufferBytes);
    ports.add(bound);
    watch(ports.size(), bound.fd());
    return bound;
  }

  @Override
  public List<DatagramPort> ports() {
    return List.copyOf(ports);
  }

  @Override
  public void await(long nanos) throws IOException {
    if (nanos > 0 || ports.size() > 1) {
      poll(nanos, 1 + ports.size());
    } else {
      // One call that finds nothing is as dear as one that looks.
      looked = false;
    }
  }

  @Override
  public void rest(long nanos) throws IOException {
    poll(nanos, 1);
    looked = false;
  }

  private void poll(long nanos, int entries) throws IOException {
    timeout.bytes.putLong(0, nanos / SECOND).putLong(Linux.TV_NSEC, nanos % SECOND);
    int ready = calls.ppoll(polled.address, entries, nanos == Long.MAX_VALUE ? 0 : timeout.address);
    if (ready < 0 && ready != -Linux.EINTR) {
      throw new IOException("ppoll: error " + -ready);
    }
    looked = true;
    if (ready <= 0) {
      for (int i = 0; i < entries; i++) {
        polled.bytes.putShort(i * Linux.POLLFD + Linux.POLL_REVENTS, (short) 0);
      }
    } else if (polled.bytes.getShort(Linux.POLL_REVENTS) != 0) {
      calls.read(wakeFd, counter.address + 8, 8);
    }
  }

  @Override
  public int receive(DatagramSink sink, int batch) throws IOException {
    if (received == null) {
      received = new ReceiveQueue(calls, ports.stream().anyMatch(NativeDatagramPort::joins));
    }
    int taken = 0;
    for (int i = 0; i < ports.size(); i++) {
      int entry = (i + 1) * Linux.POLLFD;
      if (!looked || polled.bytes.getShort(entry + Linux.POLL_REVENTS) != 0) {
        taken += received.receive(ports.get(i), sink, batch);
      }
    }
    looked = false;
    return taken;
  }

  @Override
  public long overflowed() {
    return received == null ? 0 : received.overflowed();
  }

  @Override
  public int flush() {
    int refused = 0;
    for (int i = 0; i < ports.size(); i++) {
      refused += ports.get(i).flush();
    }
    return refused;
  }

  @Override
  public long packetsInRuns() {
    long sum = 0;
    for (int i = 0; i < ports.size(); i++) {
      sum += ports.get(i).packetsInRuns();
    }
    return sum;
  }

  @Override
  public void wakeUp() {
    synchronized (opening) {
      if (!closed) {
        calls.write(wakeFd, counter.address, 8);
      }
    }
  }

  @Override
  public void close() {
    synchronized (opening) {
      if (closed) {
        return;
      }
      closed = true;
      calls.close(wakeFd);
    }
    ports.forEach(NativeDatagramPort::close);
  }
}
