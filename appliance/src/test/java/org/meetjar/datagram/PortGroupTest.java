package org.meetjar.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meetjar.Await;
import org.meetjar.config.DatagramMode;

/** Both ways of doing it carry the same, between each other. */
class PortGroupTest {
  private static final List<DatagramMode> MODES = List.of(DatagramMode.NATIVE, DatagramMode.NIO);

  private static PortGroup open(DatagramMode mode) throws IOException {
    return DatagramIo.choose(mode).open();
  }

  private static Ends ends(DatagramMode sending, DatagramMode receiving, InetAddress address)
      throws IOException {
    return new Ends(open(sending), open(receiving), address);
  }

  private static InetAddress four() throws IOException {
    return InetAddress.getByName("127.0.0.1");
  }

  /** Runs of packets as a call has them, with sizes at the limits. */
  @Provide
  Arbitrary<int[]> sizes() {
    Arbitrary<Integer> size =
        Arbitraries.oneOf(
            Arbitraries.of(1, 2, 160, 1199, 1200, 1472, 2047, 2048),
            Arbitraries.integers().between(1, 2048));
    Arbitrary<int[]> run =
        size.flatMap(
            each ->
                Arbitraries.integers()
                    .between(1, 70)
                    .map(count -> IntStream.generate(() -> each).limit(count).toArray()));
    return run.list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(runs -> runs.stream().flatMapToInt(IntStream::of).limit(256).toArray());
  }

  @Property(tries = 150)
  void whatIsSentArrivesInOrder(
      @ForAll("sizes") int[] sizes, @ForAll boolean nativeSends, @ForAll boolean nativeReceives)
      throws IOException {
    try (Ends ends =
        ends(MODES.get(nativeSends ? 0 : 1), MODES.get(nativeReceives ? 0 : 1), four())) {
      assertThat(ends.send(sizes)).isZero();
      ends.expect(sizes);
    }
  }

  @Test
  void theSameHoldsForIpv6() throws IOException {
    int[] sizes = {1200, 1200, 1200, 700, 160, 1200};
    InetAddress six = InetAddress.getByName("::1");
    for (DatagramMode sending : MODES) {
      for (DatagramMode receiving : MODES) {
        try (Ends ends = ends(sending, receiving, six)) {
          assertThat(ends.send(sizes)).isZero();
          ends.expect(sizes);
        }
      }
    }
  }

  @Test
  void runsLongerThanTheKernelCutsUpArrive() throws IOException {
    int[] sizes = IntStream.generate(() -> 1000).limit(150).toArray();
    sizes[149] = 3;
    try (Ends ends = ends(DatagramMode.NATIVE, DatagramMode.NATIVE, four())) {
      assertThat(ends.send(sizes)).isZero();
      ends.expect(sizes);
    }
  }

  @Test
  void moreThanTheQueueHoldsLeavesEarly() throws IOException {
    int[] sizes = IntStream.range(0, 400).map(i -> 1000 + i % 2 * (i % 7)).toArray();
    try (Ends ends = ends(DatagramMode.NATIVE, DatagramMode.NATIVE, four())) {
      assertThat(ends.send(sizes)).isZero();
      ends.expect(sizes);
    }
  }

  @Test
  void whatTheSystemHadToDropIsCounted() throws Exception {
    try (PortGroup group = open(DatagramMode.NATIVE);
        DatagramSocket other = new DatagramSocket(0, four())) {
      DatagramPort port = group.bind(four(), 0, false, 4096);
      DatagramPacket packet = new DatagramPacket(new byte[1000], 1000, port.local());
      int sent = 200;
      for (int i = 0; i < sent; i++) {
        other.send(packet);
      }
      assertThat(group.overflowed()).isZero();
      // It says so with the next one that it keeps.
      AtomicInteger all = new AtomicInteger(sent);
      AtomicInteger received = new AtomicInteger();
      Callable<Boolean> oneMoreTellsOfTheRest =
          () -> {
            other.send(packet);
            all.incrementAndGet();
            received.addAndGet(group.receive((on, buffer, offset, length, from) -> {}, all.get()));
            return received.get() + group.overflowed() == all.get();
          };
      Await.until(oneMoreTellsOfTheRest);
      long overflowed = group.overflowed();
      assertThat(received).hasPositiveValue();
      assertThat(overflowed).isPositive();
      Await.until(oneMoreTellsOfTheRest);
      assertThat(group.overflowed()).as("counted once").isEqualTo(overflowed);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "NIO"})
  void whatIsTooLongIsCutOff(DatagramMode mode) throws IOException {
    try (Ends ends = ends(mode, mode, four());
        DatagramSocket other = new DatagramSocket(0, four())) {
      other.send(new DatagramPacket(new byte[3000], 3000, ends.to.local()));
      other.send(new DatagramPacket(new byte[0], 0, ends.to.local()));
      other.send(new DatagramPacket(new byte[7], 7, ends.to.local()));
      ends.receive(3);
      assertThat(ends.received).extracting(packet -> packet.length).containsExactly(2048, 0, 7);
      assertThat(ends.send(70_000)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "NIO"})
  void aWaitEndsWhenItIsToldTo(DatagramMode mode) throws Exception {
    try (PortGroup group = open(mode)) {
      group.bind(four(), 0, false, 4096);
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Void> waiting =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    group.await(Long.MAX_VALUE);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
        group.wakeUp();
        waiting.get(20, TimeUnit.SECONDS);
      }
      group.wakeUp();
      group.rest(TimeUnit.MINUTES.toNanos(10));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "NIO"})
  void whatArrivesDuringARestIsStillThereAfterIt(DatagramMode mode) throws Exception {
    try (Ends ends = ends(mode, mode, four())) {
      ends.send(10);
      ends.receive(1);
      ends.send(10);
      ends.receiving.rest(TimeUnit.MILLISECONDS.toNanos(5));
      ends.receive(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "NIO"})
  void severalSocketsAreHeardAndAnswerAsThemselves(DatagramMode mode) throws Exception {
    try (PortGroup group = open(mode);
        DatagramSocket other = new DatagramSocket(0, four())) {
      List<DatagramPort> ports = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ports.add(group.bind(four(), 0, false, 1 << 20));
      }
      other.send(new DatagramPacket(new byte[] {5}, 1, ports.get(2).local()));
      List<Integer> heard = new ArrayList<>();
      while (heard.isEmpty()) {
        group.await(TimeUnit.SECONDS.toNanos(10));
        group.receive((port, buffer, offset, length, from) -> heard.add(port.index()), 64);
      }
      assertThat(heard).containsExactly(2);
      Destination back = new Destination((InetSocketAddress) other.getLocalSocketAddress());
      ports.get(1).send(back, new byte[] {6}, new int[1], new int[] {1}, 0, 1);
      group.flush();
      DatagramPacket answer = new DatagramPacket(new byte[10], 10);
      other.receive(answer);
      assertThat(answer.getSocketAddress()).isEqualTo(ports.get(1).local());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "NIO"})
  void aPortIsTakenUnlessItIsShared(DatagramMode mode) throws Exception {
    try (PortGroup one = open(mode);
        PortGroup two = open(mode)) {
      int alone = one.bind(four(), 0, false, 4096).local().getPort();
      assertThatThrownBy(() -> two.bind(four(), alone, false, 4096))
          .isInstanceOf(BindException.class);
      int shared = one.bind(four(), 0, true, 4096).local().getPort();
      assertThat(two.bind(four(), shared, true, 4096).local().getPort()).isEqualTo(shared);
    }
  }

  @Test
  void theChoiceSaysWhatItIs() throws IOException {
    assertThat(DatagramIo.choose(DatagramMode.NIO)).hasToString("NIO");
    assertThat(DatagramIo.choose(DatagramMode.NATIVE).toString()).contains("recvmmsg, sendmmsg");
    assertThat(DatagramIo.choose(DatagramMode.AUTO).toString()).contains("recvmmsg");
  }
}
