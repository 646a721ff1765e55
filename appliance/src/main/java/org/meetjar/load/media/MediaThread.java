package org.meetjar.load.media;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.TccFeedbackReader;
import org.meetjar.transport.DtlsDialer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that moves the media of all clients. A turn every half millisecond: what was asked of
 * it, what has arrived, and what a fifth of the clients has to send.
 */
public final class MediaThread implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MediaThread.class);
  private static final long TURN_NANOS = 500_000;
  private static final long SLOT_NANOS = 1_000_000;
  private static final int SLOTS = 5;
  private static final int HANDSHAKE_THREADS = 16;

  private final ClientPorts ports = new ClientPorts();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<List<MediaClient>> slots = new ArrayList<>();
  private final ExecutorService handshakes;
  private final DtlsDialer dialer = new DtlsDialer();
  private final Outgoing outgoing = new Outgoing();
  private final RtcpWriter rtcp = new RtcpWriter();
  private final TccFeedbackReader feedback = new TccFeedbackReader();
  private final Tally tally = new Tally();
  private final SplittableRandom random;
  private final Thread thread;
  private volatile boolean closed;
  private int opened;
  private long slot;

  public MediaThread(SplittableRandom random) throws IOException {
    this.random = random;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new ArrayList<>());
    }
    handshakes = Executors.newFixedThreadPool(HANDSHAKE_THREADS, task -> daemon(task, "dtls"));
    thread = daemon(this::run, "media");
    thread.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs something on this thread and gives its result. */
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, this);
  }

  /** The certificate that all clients share. */
  public DtlsDialer dialer() {
    return dialer;
  }

  /** Begins a client's media. On this thread. */
  public MediaClient open(
      Person person, Negotiation negotiation, Remote remote, MediaClient.Listener listener)
      throws IOException {
    MediaClient client =
        new MediaClient(this, person, negotiation, remote, listener, random.split());
    slots.get(opened++ % SLOTS).add(client);
    return client;
  }

  /** How datagrams are sent and received. */
  public String io() {
    return ports.description();
  }

  /** What happened so far. On this thread. */
  public Tally tally() {
    return tally;
  }

  /** The ports of all sockets. On this thread. */
  public List<Integer> localPorts() {
    return ports.localPorts();
  }

  /** Measures delays anew. On this thread. */
  public void clearDelays() {
    tally.clearDelays();
  }

  private void run() {
    slot = System.nanoTime() / SLOT_NANOS;
    long turn = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      tally.stalls.add(now - turn - TURN_NANOS);
      turn = now;
      try {
        runTasks();
        ports.receive();
        tick();
      } catch (IOException | RuntimeException e) {
        log.error("a turn failed", e);
      }
      long left = TURN_NANOS - (System.nanoTime() - turn);
      if (left > 0) {
        LockSupport.parkNanos(left);
      }
    }
    ports.close();
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.error("a task failed", e);
      }
    }
  }

  private void tick() {
    long now = System.nanoTime();
    long last = now / SLOT_NANOS;
    // After a stall every client has its turn once, and makes up for the time by itself.
    slot = Math.max(slot, last - SLOTS);
    while (slot < last) {
      slot++;
      List<MediaClient> due = slots.get((int) Math.floorMod(slot, (long) SLOTS));
      for (int i = 0; i < due.size(); i++) {
        due.get(i).tick(System.nanoTime());
      }
    }
  }

  void remove(MediaClient client) {
    // Not while a slot is walked through.
    execute(() -> slots.forEach(each -> each.remove(client)));
  }

  ClientPorts ports() {
    return ports;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  RtcpWriter rtcp() {
    return rtcp;
  }

  TccFeedbackReader feedback() {
    return feedback;
  }

  ExecutorService handshakes() {
    return handshakes;
  }

  @Override
  public void close() {
    closed = true;
    handshakes.shutdownNow();
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
