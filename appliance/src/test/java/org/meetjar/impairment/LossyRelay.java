package org.meetjar.impairment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.meetjar.congestion.Link;

/**
 * A UDP relay between clients and the bridge, as bad a network as it is told to be: each client has
 * a {@link Link} of its own in each direction. The bridge sees each client at a port of the
 * relay's.
 */
final class LossyRelay implements AutoCloseable {
  private static final int OVERHEAD_BYTES = 28;

  /** From a client: more than it takes to set up encryption. */
  private static final int JOINED_PACKETS = 50;

  private record Delivery(long nanos, long order, Runnable task) implements Comparable<Delivery> {
    @Override
    public int compareTo(Delivery other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** One client's way to the bridge and back. */
  private final class Way {
    final InetSocketAddress client;
    final DatagramChannel far;
    final Link up;
    final Link down;
    int packets;

    Way(InetSocketAddress client) throws IOException {
      this.client = client;
      far = open();
      up = new Link(seed++);
      down = new Link(seed++);
    }

    /** The network turns bad once the client has joined. */
    void count() {
      if (++packets == JOINED_PACKETS) {
        upwards.accept(up);
        downwards.accept(down);
      }
    }
  }

  private final Selector selector = Selector.open();
  private final DatagramChannel near = open();
  private final InetSocketAddress bridge;
  private final Map<InetSocketAddress, Way> ways = new HashMap<>();
  private final PriorityQueue<Delivery> deliveries = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
  private final Consumer<Link> upwards;
  private final Consumer<Link> downwards;
  private final Thread thread = new Thread(this::run, "lossy relay");
  private volatile boolean closed;
  private long seed = 1;
  private long order;

  /**
   * @param upwards makes a client's link to the bridge as bad as it is to be
   * @param downwards the same for the other direction
   */
  LossyRelay(int bridgePort, Consumer<Link> upwards, Consumer<Link> downwards) throws IOException {
    bridge = new InetSocketAddress(InetAddress.getLoopbackAddress(), bridgePort);
    this.upwards = upwards;
    this.downwards = downwards;
    near.register(selector, SelectionKey.OP_READ);
    thread.setDaemon(true);
    thread.start();
  }

  private static DatagramChannel open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(0));
    channel.configureBlocking(false);
    return channel;
  }

  int port() throws IOException {
    return ((InetSocketAddress) near.getLocalAddress()).getPort();
  }

  private void run() {
    try {
      while (!closed) {
        Delivery next = deliveries.peek();
        long wait = next == null ? 100 : (next.nanos - System.nanoTime()) / 1_000_000;
        if (wait > 0) {
          selector.select(Math.min(100, wait));
        } else {
          selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          receive((DatagramChannel) key.channel(), (Way) key.attachment());
        }
        selector.selectedKeys().clear();
        deliver();
      }
    } catch (IOException e) {
      if (!closed) {
        throw new AssertionError("the relay broke", e);
      }
    }
  }

  /**
   * @param way of the client whose packets from the bridge these are, null for packets of clients
   */
  private void receive(DatagramChannel channel, Way way) throws IOException {
    while (true) {
      buffer.clear();
      InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
      if (from == null) {
        return;
      }
      buffer.flip();
      byte[] packet = new byte[buffer.remaining()];
      buffer.get(packet);
      if (way == null) {
        Way of = way(from);
        of.count();
        pass(of.up, packet, of.far, bridge);
      } else {
        pass(way.down, packet, near, way.client);
      }
    }
  }

  private Way way(InetSocketAddress client) throws IOException {
    Way way = ways.get(client);
    if (way == null) {
      way = new Way(client);
      way.far.register(selector, SelectionKey.OP_READ, way);
      ways.put(client, way);
    }
    return way;
  }

  private void pass(Link link, byte[] packet, DatagramChannel out, InetSocketAddress to) {
    long arrival = link.send(packet.length + OVERHEAD_BYTES, System.nanoTime());
    if (arrival != Link.LOST) {
      deliveries.add(new Delivery(arrival, order++, () -> send(packet, out, to)));
    }
  }

  private static void send(byte[] packet, DatagramChannel out, InetSocketAddress to) {
    try {
      out.send(ByteBuffer.wrap(packet), to);
    } catch (IOException e) {
      // as lost as on any other network
    }
  }

  private void deliver() {
    long now = System.nanoTime();
    while (!deliveries.isEmpty() && deliveries.peek().nanos <= now) {
      deliveries.poll().task.run();
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    selector.wakeup();
    thread.join();
    near.close();
    for (Way way : ways.values()) {
      way.far.close();
    }
    selector.close();
  }
}
