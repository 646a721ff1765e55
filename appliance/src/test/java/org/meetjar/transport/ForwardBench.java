package org.meetjar.transport;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.meetjar.config.DatagramMode;
import org.meetjar.config.TransportSettings;
import org.meetjar.srtp.SrtpProfile;

/**
 * Measures the path of a packet: one client sends, what arrives is sent to nine others. Not a test;
 * run its main method. Arguments: packets a second, seconds, profile, way of sending and receiving,
 * milliseconds to gather.
 */
final class ForwardBench {
  private static final int RECEIVERS = 9;
  private static final int BODY_BYTES = 1_160;

  private ForwardBench() {}

  public static void main(String[] args) throws Exception {
    int rate = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    SrtpProfile profile =
        args.length > 2 ? SrtpProfile.valueOf(args[2]) : SrtpProfile.AEAD_AES_128_GCM;
    DatagramMode io = DatagramMode.valueOf(args.length > 3 ? args[3] : "AUTO");
    Duration gather = Duration.ofMillis(args.length > 4 ? Integer.parseInt(args[4]) : 2);
    long start = System.nanoTime();
    TransportSettings any = TransportSettings.onAnyPort(1);
    TransportSettings settings =
        new TransportSettings(
            0,
            1,
            true,
            any.handshakes(),
            any.handshakeTimeout(),
            any.iceTimeout(),
            any.socketBufferBytes(),
            io,
            any.crypto(),
            gather);
    try (UdpTransports transports = UdpTransports.open(settings)) {
      transports.start();
      System.out.printf(Locale.ROOT, "open and started: %.0f ms%n", ms(start));
      start = System.nanoTime();
      transports.handshakes().identity();
      System.out.printf(Locale.ROOT, "certificate: %.0f ms more%n", ms(start));
      connectOne(transports, "cold");
      start = System.nanoTime();
      transports.prepare();
      System.out.printf(Locale.ROOT, "warm-up: %.0f ms%n", ms(start));
      for (int i = 0; i < 5; i++) {
        connectOne(transports, "warm");
      }
      if (args.length == 0) {
        memory(transports);
      }
      forward(transports, rate, seconds, profile);
    }
    System.exit(0);
  }

  private static double ms(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private static void connectOne(UdpTransports transports, String name) throws Exception {
    try (TestClient client = new TestClient()) {
      long start = System.nanoTime();
      TestEndpoint endpoint = new TestEndpoint(transports, 0);
      client.towards(endpoint.local(), "127.0.0.1");
      endpoint.remote(client.description("active"));
      double made = ms(start);
      client.ice();
      double ice = ms(start);
      client.handshake(SrtpProfile.values());
      endpoint.connected.get();
      System.out.printf(
          Locale.ROOT, "%s: made %.1f, ICE %.1f, connected %.1f ms%n", name, made, ice, ms(start));
      endpoint.close();
    }
  }

  private static void memory(UdpTransports transports) throws Exception {
    List<TestEndpoint> endpoints = new ArrayList<>();
    int before = Thread.activeCount();
    long heap = heap();
    for (int i = 0; i < 100; i++) {
      TestEndpoint endpoint = new TestEndpoint(transports, 0);
      endpoints.add(endpoint);
      try (TestClient client = new TestClient()) {
        client.towards(endpoint.local(), "127.0.0.1");
        endpoint.remote(client.description("active"));
        client.ice();
        client.handshake(SrtpProfile.AEAD_AES_128_GCM);
        endpoint.connected.get();
      }
    }
    TimeUnit.SECONDS.sleep(6);
    System.out.printf(
        Locale.ROOT,
        "100 connected: %d threads more, %.1f kB heap each (DTLS state kept for 30 s)%n",
        Thread.activeCount() - before,
        (heap() - heap) / 100e3);
    TimeUnit.SECONDS.sleep(27);
    System.out.printf(Locale.ROOT, "later: %.1f kB heap each%n", (heap() - heap) / 100e3);
    endpoints.forEach(TestEndpoint::close);
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void forward(UdpTransports transports, int rate, int seconds, SrtpProfile profile)
      throws Exception {
    List<Transport> receivers = new ArrayList<>();
    List<TestClient> clients = new ArrayList<>();
    AtomicLong forwarded = new AtomicLong();
    for (int i = 0; i < RECEIVERS; i++) {
      TestEndpoint endpoint = new TestEndpoint(transports, 0);
      clients.add(connect(endpoint, profile));
      receivers.add(endpoint.transport);
    }
    TestEndpoint source =
        new TestEndpoint(
            transports,
            0,
            (buffer, offset, length) -> {
              for (int i = 0; i < RECEIVERS; i++) {
                receivers.get(i).sendRtp(buffer, offset, length);
              }
              forwarded.addAndGet(RECEIVERS);
            });
    TestClient sender = connect(source, profile);
    clients.forEach(client -> client.losesIncoming = packet -> packet[0] < 0);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long thread = 0;
    for (ThreadInfo info : threads.dumpAllThreads(false, false)) {
      if (info.getThreadName().equals("media-0")) {
        thread = info.getThreadId();
      }
    }
    int sequence = 0;
    for (int second = 0; second < seconds; second++) {
      long cpu = threads.getThreadCpuTime(thread);
      long allocated = ((com.sun.management.ThreadMXBean) threads).getThreadAllocatedBytes(thread);
      long count = forwarded.get();
      for (int burst = 0; burst < 100; burst++) {
        long due = System.nanoTime() + 10_000_000;
        for (int i = 0; i < rate / 100; i++) {
          sender.send(sender.sealRtp(++sequence, BODY_BYTES));
        }
        while (System.nanoTime() < due) {
          TimeUnit.MICROSECONDS.sleep(500);
        }
      }
      long done = forwarded.get() - count;
      System.out.printf(
          Locale.ROOT,
          "%s: %d forwarded, %.0f ns CPU and %.0f bytes garbage each%n",
          profile,
          done,
          (threads.getThreadCpuTime(thread) - cpu) / (double) done,
          (((com.sun.management.ThreadMXBean) threads).getThreadAllocatedBytes(thread) - allocated)
              / (double) done);
    }
    System.out.println(CompletableFuture.supplyAsync(transports::debugState).join());
    for (TestClient client : clients) {
      client.close();
    }
    sender.close();
  }

  private static TestClient connect(TestEndpoint endpoint, SrtpProfile profile) throws Exception {
    TestClient client = new TestClient().towards(endpoint.local(), "127.0.0.1");
    endpoint.remote(client.description("active"));
    client.ice();
    client.handshake(profile);
    endpoint.connected.get();
    return client;
  }
}
