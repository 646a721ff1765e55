package org.meetjar.load.media;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.meetjar.transport.DtlsDialer;

/** Between the media thread, which never waits, and the thread on which a handshake does. */
final class HandshakePipe implements DtlsDialer.Pipe {
  private static final int MAX_WAITING = 32;

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Consumer<byte[]> output;
  private volatile boolean closed;

  /**
   * @param output sends from any thread
   */
  HandshakePipe(Consumer<byte[]> output) {
    this.output = output;
  }

  void receive(byte[] b, int length) {
    // A full queue drops what is repeated anyway.
    boolean unused = waiting.offer(Arrays.copyOf(b, length));
  }

  void close() {
    closed = true;
  }

  @Override
  public void send(byte[] datagram) {
    output.accept(datagram);
  }

  @Override
  public Optional<byte[]> receive(Duration patience) throws IOException {
    try {
      byte[] packet = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (closed) {
        throw new IOException("closed");
      }
      return Optional.ofNullable(packet);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
