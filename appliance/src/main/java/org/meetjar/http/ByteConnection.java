package org.meetjar.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.meetjar.channel.ByteChannel;
import org.meetjar.channel.ByteChannelAcceptor;
import org.meetjar.channel.ByteChannelListener;

/**
 * A connection of the encrypted port that is none of HTTP. Reads only when the listener has taken
 * what came before; when the client ends its side, so do we. How long it may be silent is the
 * listener's to say, who closes it.
 */
final class ByteConnection extends AbstractConnection implements Connection.UpgradeTo, ByteChannel {
  private static final int INPUT_BYTES = 4096;

  /** Half a second of a stream of 2 Mbit/s: what waits longer is worth nothing to a call. */
  private static final int MAX_QUEUED_BYTES = 128 << 10;

  private static final int MAX_BUFFERS_PER_WRITE = 64;

  private final ByteChannelAcceptor acceptor;
  private final Queue<ByteBuffer> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queuedBytes = new AtomicInteger();
  private final Flusher flusher = new Flusher();

  /** Between position and limit is what has been read and not taken, as Jetty has it. */
  private ByteBuffer input = BufferUtil.allocate(INPUT_BYTES);

  private volatile ByteChannelListener listener;

  ByteConnection(EndPoint endPoint, Executor executor, ByteChannelAcceptor acceptor) {
    super(endPoint, executor);
    this.acceptor = acceptor;
  }

  @Override
  public void onUpgradeTo(ByteBuffer read) {
    if (read == null) {
      return;
    }
    if (read.remaining() > INPUT_BYTES) {
      input = BufferUtil.allocate(read.remaining());
    }
    BufferUtil.append(input, read);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    listener = acceptor.open(this);
    if (input.hasRemaining()) {
      listener.onBytes(input, this::fillInterested);
    } else {
      fillInterested();
    }
  }

  @Override
  public void onFillable() {
    try {
      BufferUtil.clear(input);
      int size = getEndPoint().fill(input);
      if (size > 0) {
        listener.onBytes(input, this::fillInterested);
      } else if (size == 0) {
        fillInterested();
      } else {
        close();
      }
    } catch (IOException broken) {
      getEndPoint().close(broken);
    }
  }

  @Override
  public void onClose(Throwable cause) {
    super.onClose(cause);
    flusher.close();
    ByteChannelListener told = listener;
    if (told != null) {
      told.onClosed();
    }
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return (InetSocketAddress) getEndPoint().getRemoteSocketAddress();
  }

  @Override
  public void send(ByteBuffer message) {
    int size = message.remaining();
    if (queuedBytes.addAndGet(size) > MAX_QUEUED_BYTES) {
      queuedBytes.addAndGet(-size);
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(size);
    queue.add(copy.put(message).flip());
    flusher.iterate();
  }

  /** Writes what waits, as much at a time as there is. */
  private final class Flusher extends IteratingCallback {
    private final List<ByteBuffer> writing = new ArrayList<>();
    private int writingBytes;

    @Override
    protected Action process() {
      for (ByteBuffer next = queue.poll(); next != null; next = queue.poll()) {
        writing.add(next);
        writingBytes += next.remaining();
        if (writing.size() == MAX_BUFFERS_PER_WRITE) {
          break;
        }
      }
      if (writing.isEmpty()) {
        return Action.IDLE;
      }
      getEndPoint().write(this, writing.toArray(ByteBuffer[]::new));
      return Action.SCHEDULED;
    }

    @Override
    protected void onSuccess() {
      queuedBytes.addAndGet(-writingBytes);
      writingBytes = 0;
      writing.clear();
    }

    @Override
    protected void onFailure(Throwable cause) {
      getEndPoint().close(cause);
    }
  }
}
