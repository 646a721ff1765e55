package org.meetjar.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link MediaLoop} over UDP sockets. One daemon thread; it sleeps in the selector when there is
 * nothing to do.
 */
final class UdpMediaLoop implements MediaLoop, DatagramPort.Sink {
  private static final Logger log = LoggerFactory.getLogger(UdpMediaLoop.class);

  /** Datagrams taken from one socket in a turn, so that no socket and no task starves. */
  private static final int BATCH = 64;

  private static final int TASKS_PER_TURN = 256;

  /** Tasks waiting: a hundred for each of a hundred endpoints. */
  private static final int MAX_TASKS = 10_000;

  /** Packets handed over by other loops: 2 MB of buffers at most. */
  private static final int MAX_HANDED_OFF = 1_000;

  private final int index;
  private final Selector selector;
  private final List<NioDatagramPort> ports;
  private final LoopPeers peers;
  private final Thread thread;
  private final LoopCounters counters = new LoopCounters();
  private final SendBatch batch;
  private final TimerHeap timers = new TimerHeap();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taskCount = new AtomicInteger();
  private final HandOffQueue handedOff = new HandOffQueue(MAX_HANDED_OFF);
  private final List<Runnable> turnEnds = new ArrayList<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Consumer<SelectionKey> reader = this::read;
  private volatile boolean closed;
  private long arrivalNanos;
  private int taken;
  private long failureLoggedNanos = Long.MIN_VALUE;

  UdpMediaLoop(int index, List<NioDatagramPort> ports, LoopPeers peers) throws IOException {
    this.index = index;
    this.ports = List.copyOf(ports);
    this.peers = peers;
    peers.loop(this);
    batch = new SendBatch(this.ports, counters);
    selector = Selector.open();
    for (NioDatagramPort port : ports) {
      port.register(selector);
    }
    thread = new Thread(this::run, "media-" + index);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  int index() {
    return index;
  }

  List<NioDatagramPort> ports() {
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
    if (taskCount.get() >= MAX_TASKS) {
      throw new RejectedExecutionException("the media loop is overloaded");
    }
    taskCount.incrementAndGet();
    tasks.add(task);
    wake();
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
    TimerHeap.Entry entry = new TimerHeap.Entry(task, System.nanoTime() + delayNanos);
    if (inLoop()) {
      timers.add(entry);
    } else {
      execute(() -> timers.add(entry));
    }
    return () -> cancel(entry);
  }

  private void cancel(TimerHeap.Entry entry) {
    if (inLoop()) {
      timers.remove(entry);
    } else {
      executeQuietly(() -> timers.remove(entry));
    }
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
  public long currentTimeMillis() {
    return System.currentTimeMillis();
  }

  /** Takes a packet that arrived on another loop's socket. Called on that loop's thread. */
  boolean handOff(int portIndex, byte[] buffer, int offset, int length, InetSocketAddress from) {
    boolean accepted = handedOff.offer(portIndex, buffer, offset, length, from);
    wake();
    return accepted;
  }

  private void wake() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  private void run() {
    try {
      while (!closed) {
        turn();
      }
    } catch (IOException | RuntimeException e) {
      log.error("a media loop broke", e);
    } finally {
      ports.forEach(NioDatagramPort::close);
      try {
        selector.close();
      } catch (IOException ignored) {
        // It is over anyway.
      }
      ended.countDown();
    }
  }

  private void turn() throws IOException {
    taken = 0;
    await();
    drainHandedOff();
    boolean ranTasks = runTasks();
    boolean ranTimers = runTimers();
    if (ranTasks || ranTimers || taken > 0) {
      counters.turns++;
      for (int i = 0; i < turnEnds.size(); i++) {
        guard(turnEnds.get(i));
      }
    }
    batch.flush();
  }

  /** Reads what has arrived; waits for it only when nothing else is to be done. */
  private void await() throws IOException {
    long wait = timers.untilNext(System.nanoTime());
    if (wait <= 0) {
      selector.selectNow(reader);
      return;
    }
    asleep.set(true);
    if (!tasks.isEmpty() || !handedOff.isEmpty() || closed) {
      asleep.set(false);
      selector.selectNow(reader);
      return;
    }
    if (wait == Long.MAX_VALUE) {
      selector.select(reader);
    } else {
      // Rounded up: woken early, the loop would turn idly until the timer is due.
      selector.select(reader, TimeUnit.NANOSECONDS.toMillis(wait + 999_999));
    }
    asleep.set(false);
  }

  private void read(SelectionKey key) {
    NioDatagramPort port = (NioDatagramPort) key.attachment();
    // Who waits in select is still marked as asleep: from here on it is awake.
    asleep.set(false);
    arrivalNanos = System.nanoTime();
    try {
      taken += port.receive(this, BATCH);
    } catch (IOException e) {
      log.debug("a socket's read failed", e);
    }
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
      logFailure(e);
    }
  }

  private void drainHandedOff() {
    if (handedOff.isEmpty()) {
      return;
    }
    arrivalNanos = System.nanoTime();
    for (int i = 0; i < 2 * BATCH; i++) {
      HandOffQueue.Packet packet = handedOff.poll();
      if (packet == null) {
        return;
      }
      taken++;
      route(ports.get(packet.portIndex), packet.buffer, 0, packet.length, packet.from);
      handedOff.release(packet);
    }
  }

  private boolean runTasks() {
    for (int count = 0; count < TASKS_PER_TURN; count++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return count > 0;
      }
      taskCount.decrementAndGet();
      guard(task);
    }
    return true;
  }

  private boolean runTimers() {
    boolean worked = false;
    if (timers.size() == 0) {
      return false;
    }
    long now = System.nanoTime();
    for (TimerHeap.Entry due = timers.poll(now); due != null; due = timers.poll(now)) {
      guard(due.task);
      worked = true;
    }
    return worked;
  }

  private void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      logFailure(e);
    }
  }

  /** At most one stack trace a second: what throws may throw for every packet. */
  private void logFailure(RuntimeException e) {
    long now = System.nanoTime();
    if (failureLoggedNanos == Long.MIN_VALUE || now - failureLoggedNanos > 1_000_000_000L) {
      failureLoggedNanos = now;
      log.error("a task of a media loop failed", e);
    }
  }

  /** Ends the thread and closes the sockets; waits for it, but not from the loop itself. */
  void close() {
    closed = true;
    selector.wakeup();
    if (thread.getState() == Thread.State.NEW) {
      ports.forEach(NioDatagramPort::close);
      return;
    }
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
