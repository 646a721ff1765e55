package org.meetjar.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.config.DatagramMode;
import org.meetjar.datagram.DatagramIo;
import org.meetjar.datagram.Destination;
import org.meetjar.datagram.PortGroup;

/** Sockets that take what comes, on a thread of their own, and forget it. */
final class Sink {
  private static final long REST_NANOS = 1_000_000;

  private final PortGroup group;
  private final List<Destination> destinations = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  Sink(int sockets) throws IOException {
    group = DatagramIo.choose(DatagramMode.AUTO).open();
    for (int i = 0; i < sockets; i++) {
      destinations.add(
          new Destination(group.bind(InetAddress.getLoopbackAddress(), 0, false, 4 << 20).local()));
    }
    thread = new Thread(this::drain, "sink");
    thread.setDaemon(true);
    thread.start();
  }

  List<Destination> destinations() {
    return destinations;
  }

  private void drain() {
    try {
      while (!closed) {
        // it rests so that no sender pays for waking it
        group.rest(REST_NANOS);
        while (group.receive((port, buffer, offset, length, from) -> {}, 256) > 0) {
          group.await(0);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void close() throws InterruptedException {
    closed = true;
    group.wakeUp();
    thread.join();
    group.close();
  }
}
