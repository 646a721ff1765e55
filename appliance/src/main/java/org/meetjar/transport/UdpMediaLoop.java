package org.meetjar.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.datagram.DatagramSink;
import org.meetjar.datagram.PortGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link MediaLoop} over UDP sockets. One daemon thread; it sleeps when there is nothing to do.
 */
final class UdpMediaLoop implements MediaLoop, DatagramSink {
  private static final Logger log = LoggerFactory.getLogger(UdpMediaLoop.class);

  /** Datagrams taken from one socket in a turn, so that no socket and no task starves. */
  private static final int BATCH = 256;

  /** How long tasks may take in a turn when more packets wait: joining yields to who is there. */
  private static final long TASK_NANOS = 1_000_000L;

  /** Packets handed over by other loops: 2 MB of buffers at most. */
  private static final int MAX_HANDED_OFF = 1_000;

  /** Opens the loop's sockets. */
  interface Opener {
    PortGroup open() throws IOException;
  }

  private final int index;
  private final LoopPeers peers;
  private final Opener opener;
  private final Runnable begins;
  private final Thread thread;
  private final LoopCounters counters = new LoopCounters();
  private final LoopLoad load = new LoopLoad();
  private final LoopTimers timers = new LoopTimers(this, System::nanoTime);
  private final LoopBacklog backlog = new LoopBacklog();
  private final LoopTasks tasks = new LoopTasks(System::nanoTime);
  private final HandOffQueue handedOff = new HandOffQueue(MAX_HANDED_OFF);
  private final List<Runnable> turnEnds = new ArrayList<>();
  private final LoopSleep sleep;
  private final BooleanSupplier called = this::isCalled;
  private final BooleanSupplier handedOver = () -> !handedOff.isEmpty();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile PortGroup group;
  private volatile List<DatagramPort> ports = List.of();
  private volatile SendBatch batch;
  private volatile boolean begun;
  private volatile boolean closed;
  private long arrivalNanos;

  /**
   * @param begins what its thread does first
   */
  UdpMediaLoop(int index, LoopPeers peers, Duration gather, Runnable begins, Opener opener) {
    this.index = index;
    this.peers = peers;
    this.opener = opener;
    this.begins = begins;
    sleep = new LoopSleep(gather.toNanos(), System::nanoTime);
    peers.loop(this);
    thread = new Thread(this::run, "media-" + index);
    thread.setDaemon(true);
  }

  /** Opens the sockets, if that was not done yet. */
  synchronized void open() throws IOException {
    if (group == null && !closed) {
      PortGroup opened = opener.open();
      ports = opened.ports();
      batch = new SendBatch(opened, counters);
      group = opened;
    }
  }

  /** Whether the thread runs, or has run. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public boolean begin() {
    if (begun) {
      return true;
    }
    synchronized (this) {
      try {
        open();
      } catch (IOException e) {
        log.warn("a further media loop cannot be had: {}", e.getMessage());
        return false;
      }
      if (!begun && !closed) {
        begun = true;
        thread.start();
      }
      return begun;
    }
  }

  @Override
  public double load() {
    return load.share();
  }

  int index() {
    return index;
  }

  List<DatagramPort> ports() {
    return ports;
  }

  LoopPeers peers() {
    return peers;
  }

  SendBatch batch() {
    return batch;
  }

  /** Packets that came to other loops' sockets and wait for this one. From any thread. */
  int handedOffWaiting() {
    return handedOff.size();
  }

  LoopCounters counters() {
    return counters;
  }

  @Override
  public void execute(Runnable task) {
    if (closed) {
      log.debug("task after the loop was closed");
      return;
    }
    if (!begin()) {
      throw new RejectedExecutionException("the media loop has no sockets");
    }
    tasks.add(task);
    sleep.wakeForTask(group);
  }

  /** As {@link #execute}, for what may be left undone when the loop is overloaded. */
  boolean executeQuietly(Runnable task) {
    try {
      execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return schedule(delay.toNanos(), task);
  }

  Timer schedule(long delayNanos, Runnable task) {
    return timers.schedule(delayNanos, task);
  }

  @Override
  public Timer onTurnEnd(Runnable task) {
    turnEnds.add(task);
    return () -> turnEnds.remove(task);
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean isBehind() {
    return backlog.isBehind(System.nanoTime());
  }

  @Override
  public long currentTimeMillis() {
    return System.currentTimeMillis();
  }

  /** Takes a packet that arrived on another loop's socket. Called on that loop's thread. */
  boolean handOff(int portIndex, byte[] buffer, int offset, int length, InetSocketAddress from) {
    boolean accepted = handedOff.offer(portIndex, buffer, offset, length, from);
    sleep.wakeForPacket(group);
    return accepted;
  }

  private boolean isCalled() {
    return closed || !tasks.isEmpty();
  }

  private void run() {
    try {
      begins.run();
      while (!closed) {
        turn();
      }
    } catch (IOException | RuntimeException e) {
      log.error("a media loop broke", e);
    } finally {
      group.close();
      ended.countDown();
    }
  }

  private void turn() throws IOException {
    sleep.sleep(group, timers.untilNext(), called, handedOver);
    long start = System.nanoTime();
    arrivalNanos = start;
    long mediaBefore = counters.mediaIn;
    int received = group.receive(this, BATCH);
    int taken = received + drainHandedOff();
    boolean more = received >= BATCH;
    counters.drop(Drop.SOCKET_OVERFLOW, backlog.fetched(more, group.overflowed(), start));
    sleep.received(start, (int) (counters.mediaIn - mediaBefore), more);
    boolean ranTasks = tasks.run(more ? TASK_NANOS : Long.MAX_VALUE);
    boolean ranTimers = timers.run(tasks);
    if (ranTasks || ranTimers || taken > 0) {
      counters.turns++;
      for (int i = 0; i < turnEnds.size(); i++) {
        tasks.guard(turnEnds.get(i));
      }
    }
    batch.flush();
    load.turn(start, System.nanoTime());
  }

  @Override
  public void datagram(
      DatagramPort port, byte[] buffer, int offset, int length, InetSocketAddress from) {
    counters.packetsIn++;
    counters.bytesIn += length;
    route(port, buffer, offset, length, from);
  }

  private void route(
      DatagramPort port, byte[] buffer, int offset, int length, InetSocketAddress from) {
    try {
      peers.route(port, buffer, offset, length, from, arrivalNanos);
    } catch (RuntimeException e) {
      counters.drop(Drop.FAILURE);
      tasks.failed(e);
    }
  }

  private int drainHandedOff() {
    for (int count = 0; count < 2 * BATCH; count++) {
      HandOffQueue.Packet packet = handedOff.poll();
      if (packet == null) {
        return count;
      }
      route(ports.get(packet.portIndex), packet.buffer, 0, packet.length, packet.from);
      handedOff.release(packet);
    }
    return 2 * BATCH;
  }

  /** Ends the thread and closes the sockets; waits for it, but not from the loop itself. */
  void close() {
    synchronized (this) {
      closed = true;
      if (!begun) {
        if (group != null) {
          group.close();
        }
        return;
      }
    }
    group.wakeUp();
    if (inLoop()) {
      return;
    }
    try {
      if (!ended.await(5, TimeUnit.SECONDS)) {
        log.warn("a media loop did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
