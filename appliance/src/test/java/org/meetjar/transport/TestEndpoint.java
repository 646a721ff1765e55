package org.meetjar.transport;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.meetjar.colibri.TransportDescription;

/** The bridge's side of one transport: remembers what it hears, echoes what it gets. */
final class TestEndpoint implements TransportListener {
  final CompletableFuture<Void> connected = new CompletableFuture<>();
  final CompletableFuture<String> failed = new CompletableFuture<>();
  final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  final UdpTransports transports;
  final MediaLoop loop;
  final Transport transport;
  private final Sink sink;

  /** Takes a packet in the place of the queue and the echo. */
  interface Sink {
    void take(byte[] buffer, int offset, int length);
  }

  TestEndpoint(UdpTransports transports, int loop) {
    this(transports, loop, null);
  }

  TestEndpoint(UdpTransports transports, int loop, Sink sink) {
    this.sink = sink;
    this.transports = transports;
    this.loop = transports.loops().get(loop);
    transport = call(() -> transports.create(this.loop, "endpoint", true, this));
  }

  <T> T call(java.util.function.Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, loop).orTimeout(30, TimeUnit.SECONDS).join();
  }

  <T> T ask(Function<Transport, T> question) {
    return call(() -> question.apply(transport));
  }

  TransportDescription local() {
    return ask(Transport::local);
  }

  void remote(TransportDescription description) {
    ask(
        transport -> {
          transport.remote(description);
          return true;
        });
  }

  void close() {
    ask(
        transport -> {
          transport.close();
          return true;
        });
  }

  long dropped(Drop why) {
    return transports.counters().stream().mapToLong(each -> each.dropped(why)).sum();
  }

  @Override
  public void connected() {
    connected.complete(null);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
    if (sink != null) {
      sink.take(buffer, offset, length);
      return;
    }
    rtp.add(Arrays.copyOfRange(buffer, offset, offset + length));
    transport.sendRtp(buffer, offset, length);
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
    rtcp.add(Arrays.copyOfRange(buffer, offset, offset + length));
    transport.sendRtcp(buffer, offset, length);
  }

  @Override
  public void failed(String why) {
    failed.complete(why);
  }
}
