package org.meetjar.datagram;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A {@link PortGroup} over NIO: one system call a packet. */
final class NioPortGroup implements PortGroup {
  private final Selector selector;
  private final List<NioDatagramPort> ports = new ArrayList<>();
  private final Consumer<SelectionKey> ready =
      key -> ((NioDatagramPort) key.attachment()).ready = true;
  private volatile Thread owner;
  private volatile boolean woken;

  NioPortGroup() throws IOException {
    selector = Selector.open();
  }

  @Override
  public DatagramPort bind(InetAddress address, int port, boolean shared, int bufferBytes)
      throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            address instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      if (shared) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
      channel.bind(new InetSocketAddress(address, port));
      NioDatagramPort bound = new NioDatagramPort(ports.size(), channel);
      channel.register(selector, SelectionKey.OP_READ, bound);
      ports.add(bound);
      return bound;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public List<DatagramPort> ports() {
    return List.copyOf(ports);
  }

  @Override
  public void await(long nanos) throws IOException {
    owner = Thread.currentThread();
    if (nanos <= 0) {
      selector.selectNow(ready);
    } else if (nanos == Long.MAX_VALUE) {
      selector.select(ready);
    } else {
      // Rounded up: woken early, a loop would turn idly until its timer is due.
      selector.select(ready, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }
    woken = false;
  }

  @Override
  public void rest(long nanos) {
    owner = Thread.currentThread();
    if (!woken) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  @Override
  public int receive(DatagramSink sink, int batch) throws IOException {
    int taken = 0;
    for (int i = 0; i < ports.size(); i++) {
      NioDatagramPort port = ports.get(i);
      if (port.ready) {
        port.ready = false;
        taken += port.receive(sink, batch);
      }
    }
    return taken;
  }

  @Override
  public int flush() {
    return 0;
  }

  @Override
  public long packetsInRuns() {
    return 0;
  }

  @Override
  public void wakeUp() {
    woken = true;
    LockSupport.unpark(owner);
    selector.wakeup();
  }

  @Override
  public void close() {
    try {
      for (NioDatagramPort port : ports) {
        port.close();
      }
      selector.close();
    } catch (IOException ignored) {
      // Nothing is left to be done with it.
    }
  }
}
