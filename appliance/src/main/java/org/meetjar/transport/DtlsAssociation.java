package org.meetjar.transport;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.datagram.DatagramPort;

/**
 * One DTLS association: the library's blocking handshake runs on a thread of the {@link
 * DtlsHandshakes} pool, and this is the pipe between it and the media loop, which never waits.
 * {@link #receive} and {@link #close} are called on the loop; what the listener hears comes from
 * the pool's thread.
 */
final class DtlsAssociation {
  /** Called on a thread of the pool. */
  interface Listener {
    void send(byte[] packet);

    void established(DtlsKeys keys, boolean asServer);

    /**
     * The handshake ended without keys.
     *
     * @param forGood whether the peer is not who was signalled or cannot do what is needed;
     *     otherwise another first flight may be the real one
     */
    void failed(String why, boolean forGood);

    /** The peer has said that it goes, authentically. */
    void closedByPeer();
  }

  /** A flight is a handful of datagrams; more than this waiting is no handshake. */
  private static final int MAX_WAITING = 32;

  private static final byte ALERT = 21;
  private static final byte[] END = new byte[0];

  private final DtlsHandshakes pool;
  private final Listener listener;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  /** The handshake's thread's, and after it that of whoever drains. */
  private final DtlsFlight flight;

  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile DTLSTransport established;
  private boolean started;

  DtlsAssociation(DtlsHandshakes pool, Listener listener) {
    this.pool = pool;
    this.listener = listener;
    flight = new DtlsFlight(listener::send);
  }

  boolean isStarted() {
    return started;
  }

  /**
   * Begins the handshake.
   *
   * @return false when the pool is full: to be tried again with the peer's next packet
   */
  boolean start(boolean asServer, List<Fingerprint> fingerprints) {
    started = pool.submit(() -> handshake(asServer, fingerprints));
    return started;
  }

  /**
   * Takes a packet from the peer.
   *
   * @return false when it was dropped
   */
  boolean receive(byte[] buffer, int offset, int length) {
    if (closed || ended) {
      return false;
    }
    byte[] copy = new byte[length];
    System.arraycopy(buffer, offset, copy, 0, length);
    if (!waiting.offer(copy)) {
      return false;
    }
    if (established != null) {
      drainLater();
    }
    return true;
  }

  private void handshake(boolean asServer, List<Fingerprint> fingerprints) {
    DtlsKeys keys = new DtlsKeys(fingerprints);
    Pipe pipe = new Pipe(keys);
    try {
      DtlsIdentity identity = pool.identity();
      DTLSTransport transport;
      if (asServer) {
        DtlsServer server = new DtlsServer(identity, keys, pool.timeoutMillis());
        transport = new DTLSServerProtocol().accept(server, pipe);
      } else {
        DtlsClient client = new DtlsClient(identity, keys, DtlsKeys.offer(), pool.timeoutMillis());
        transport = new DTLSClientProtocol().connect(client, pipe);
      }
      // The client sends media as soon as it has our last flight: the keys come first.
      listener.established(keys, asServer);
      flight.flush();
      established = transport;
      if (!waiting.isEmpty()) {
        drainLater();
      }
    } catch (IOException | RuntimeException e) {
      ended = true;
      flight.flush();
      if (!closed) {
        listener.failed(reason(e), !asServer || keys.isRefused());
      }
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return "DTLS: " + (message == null ? cause.getClass().getSimpleName() : message);
  }

  /**
   * After the handshake: a peer that missed our last flight repeats its own, and the library
   * answers; or it says that it goes.
   */
  private void drainLater() {
    if (draining.compareAndSet(false, true) && !pool.submit(this::drain)) {
      draining.set(false);
    }
  }

  private void drain() {
    try {
      byte[] plain = new byte[DatagramPort.MAX_DATAGRAM_BYTES];
      DTLSTransport transport = established;
      while (transport != null && !waiting.isEmpty() && !closed) {
        transport.receive(plain, 0, plain.length, 1);
        flight.flush();
      }
    } catch (IOException | RuntimeException e) {
      ended = true;
    } finally {
      draining.set(false);
    }
  }

  /** Forgets the library's state; from here on the peer's packets are dropped. */
  void release() {
    ended = true;
    established = null;
    waiting.clear();
  }

  void close() {
    closed = true;
    established = null;
    waiting.clear();
    // Wakes the handshake's thread, if it waits.
    waiting.offer(END);
  }

  /** The library's view of the network. */
  private final class Pipe implements DatagramTransport {
    private final DtlsKeys keys;

    Pipe(DtlsKeys keys) {
      this.keys = keys;
    }

    @Override
    public int getReceiveLimit() {
      return DatagramPort.MAX_DATAGRAM_BYTES;
    }

    @Override
    public int getSendLimit() {
      return DtlsFlight.MAX_BYTES;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      flight.flush();
      try {
        // Once established nobody waits: only what is there is looked at.
        byte[] packet =
            established == null
                ? waiting.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS)
                : waiting.poll();
        if (closed) {
          throw new IOException("closed");
        }
        if (packet == null) {
          return -1;
        }
        int size = Math.min(length, packet.length);
        System.arraycopy(packet, 0, buffer, offset, size);
        return size;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      boolean clear = buffer[offset + 3] == 0 && buffer[offset + 4] == 0;
      // Anybody may have provoked it in the peer's name, and the peer would have to believe it.
      boolean doubtful = clear && buffer[offset] == ALERT && !keys.isRefused();
      if (!doubtful) {
        flight.add(buffer, offset, length);
      }
    }

    @Override
    public void close() {
      if (established != null && !closed) {
        ended = true;
        listener.closedByPeer();
      }
    }
  }
}
