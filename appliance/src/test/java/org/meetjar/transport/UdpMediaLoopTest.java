package org.meetjar.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meetjar.Await;
import org.meetjar.config.CryptoMode;
import org.meetjar.config.TransportSettings;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.loop.Loop;
import org.meetjar.srtp.SrtpCrypto;

@Timeout(120)
class UdpMediaLoopTest {
  private UdpTransports transports;
  private UdpMediaLoop loop;

  @BeforeEach
  void open() throws IOException {
    transports = UdpTransports.open(TransportSettings.onAnyPort(1));
    transports.start();
    loop = transports.loops().get(0);
  }

  @AfterEach
  void close() {
    transports.close();
  }

  @Test
  void tasksRunInOrderAndOneThatThrowsHarmsNoOther() throws Exception {
    List<Integer> order = new ArrayList<>();
    CompletableFuture<List<Integer>> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          throw new IllegalStateException("meant to");
        });
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      loop.execute(() -> order.add(number));
    }
    loop.execute(() -> done.complete(order));
    assertThat(done.get(30, SECONDS)).hasSize(1_000).isSorted();
  }

  @Test
  void timersRunInTheOrderOfTheirTimes() throws Exception {
    List<Integer> order = new ArrayList<>();
    CompletableFuture<List<Integer>> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          loop.schedule(Duration.ofMillis(30), () -> order.add(2));
          loop.schedule(Duration.ofMillis(10), () -> order.add(1));
          Loop.Timer never = loop.schedule(Duration.ofMillis(20), () -> order.add(99));
          never.cancel();
          loop.schedule(Duration.ofMillis(50), () -> done.complete(order));
        });
    assertThat(done.get(30, SECONDS)).containsExactly(1, 2);
  }

  @Test
  void timersMayBeSetAndCancelledElsewhere() throws Exception {
    CompletableFuture<Boolean> fired = new CompletableFuture<>();
    AtomicInteger cancelled = new AtomicInteger();
    CountDownLatch release = hold();
    loop.schedule(Duration.ofMillis(40), cancelled::incrementAndGet).cancel();
    release.countDown();
    loop.schedule(Duration.ofMillis(80), () -> fired.complete(loop.inLoop()));
    assertThat(fired.get(30, SECONDS)).isTrue();
    assertThat(cancelled).hasValue(0);
  }

  @Test
  void aTurnEndsAfterItsTasksAndBeforeItsPacketsLeave() throws Exception {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      peer.setSoTimeout(30_000);
      InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
      DatagramPort port =
          loop.ports().stream()
              .filter(each -> each.local().getAddress().equals(to.getAddress()))
              .findFirst()
              .orElseThrow();
      Flow flow = new Flow(port, to);
      loop.execute(
          () -> {
            byte[] packet = {1};
            Loop.Timer[] handle = new Loop.Timer[1];
            handle[0] =
                loop.onTurnEnd(
                    () -> {
                      loop.batch().add(flow, new byte[] {2}, 0, 1);
                      handle[0].cancel();
                    });
            loop.batch().add(flow, packet, 0, 1);
            // The array may be used again at once.
            packet[0] = 9;
          });
      assertThat(receive(peer)).isEqualTo(1);
      assertThat(receive(peer)).isEqualTo(2);
    }
  }

  private static int receive(DatagramSocket peer) throws IOException {
    byte[] buffer = new byte[10];
    peer.receive(new DatagramPacket(buffer, buffer.length));
    return buffer[0];
  }

  @Test
  void moreThanTheBatchHoldsIsSentAllTheSame() throws Exception {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      peer.setSoTimeout(30_000);
      peer.setReceiveBufferSize(4 << 20);
      InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
      Flow flow = new Flow(loop.ports().get(loop.ports().size() - 1), to);
      int port = indexOf(to.getAddress());
      Flow loopback = port < 0 ? flow : new Flow(loop.ports().get(port), to);
      loop.execute(
          () -> {
            for (int i = 0; i < 600; i++) {
              loop.batch().add(loopback, new byte[100], 0, 100);
            }
          });
      Await.until(() -> loop.counters().packetsOut() >= 600);
      Await.until(() -> loop.counters().turns() > 0);
      assertThat(receive(peer)).isZero();
    }
  }

  private int indexOf(InetAddress address) {
    for (int i = 0; i < loop.ports().size(); i++) {
      if (loop.ports().get(i).local().getAddress().equals(address)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void theQueueOfTasksIsBounded() throws Exception {
    CountDownLatch release = hold();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                loop.execute(() -> {});
              }
            })
        .isInstanceOf(RejectedExecutionException.class);
    release.countDown();
    Await.until(
        () -> {
          try {
            return CompletableFuture.supplyAsync(() -> true, loop).join();
          } catch (RejectedExecutionException full) {
            return false;
          }
        });
  }

  /** Keeps the loop busy until the latch is counted down. */
  private CountDownLatch hold() {
    CountDownLatch release = new CountDownLatch(1);
    loop.execute(
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return release;
  }

  @Test
  void aQuietLoopDoesNotTurn() throws Exception {
    CompletableFuture.runAsync(() -> {}, loop).join();
    Await.until(() -> loop.counters().turns() > 0);
    Await.until(
        () -> {
          long turns = loop.counters().turns();
          LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
          return loop.counters().turns() == turns;
        });
  }

  @Test
  void whatIsHandedOverIsBounded() throws Exception {
    HandOffQueue queue = new HandOffQueue(3);
    InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5);
    for (int i = 0; i < 3; i++) {
      assertThat(queue.offer(0, new byte[] {(byte) i}, 0, 1, from)).isTrue();
    }
    assertThat(queue.offer(0, new byte[1], 0, 1, from)).isFalse();
    HandOffQueue.Packet packet = queue.poll();
    assertThat(packet.buffer[0]).isZero();
    queue.release(packet);
    assertThat(queue.offer(0, new byte[1], 0, 1, from)).isTrue();
  }

  @Test
  void aTakenPortIsSaidInASentence() {
    TransportSettings any = TransportSettings.onAnyPort(1);
    TransportSettings taken =
        new TransportSettings(
            transports.port(),
            any.loops(),
            any.offerLoopback(),
            any.handshakes(),
            any.handshakeTimeout(),
            any.iceTimeout(),
            any.socketBufferBytes(),
            any.io(),
            any.crypto(),
            any.gather());
    assertThatThrownBy(() -> UdpTransports.open(taken))
        .isInstanceOf(java.net.BindException.class)
        .hasMessageContaining("UDP port " + transports.port())
        .hasMessageContaining("--media-port");
  }

  @Test
  void theJdksCiphersAreAlwaysToBeHad() throws IOException {
    assertThat(Crypto.choose(CryptoMode.JDK)).isEqualTo(SrtpCrypto.JDK);
    SrtpCrypto best = Crypto.choose(CryptoMode.AUTO);
    assertThat(best.isHere()).isTrue();
    if (best == SrtpCrypto.JDK) {
      assertThatThrownBy(() -> Crypto.choose(CryptoMode.OPENSSL))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("transport.crypto")
          .hasMessageContaining("auto");
    } else {
      assertThat(Crypto.choose(CryptoMode.OPENSSL)).isEqualTo(best);
    }
  }
}
