package org.meetjar.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when the system does not take what it is given. */
class SendQueueTest {
  private static final int[] RUNS = {1200, 1200, 1200, 500, 160, 160};

  private final FaultyCalls calls = new FaultyCalls();
  private Ends ends;

  @BeforeEach
  void open() throws IOException {
    ends =
        new Ends(
            new NativePortGroup(calls), new NioPortGroup(), InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void close() {
    ends.close();
  }

  private boolean cuts() {
    return ((NativeDatagramPort) ends.from).cuts();
  }

  @Test
  void aRunIsOneMessageOfOneCall() throws IOException {
    assertThat(ends.send(RUNS)).isZero();
    ends.expect(RUNS);
    assertThat(calls.sends).containsExactly(2);
    assertThat(ends.sending.packetsInRuns()).isEqualTo(RUNS.length);
  }

  @Test
  void withoutChecksumOffloadPacketsLeaveOneByOneFromThenOn() throws IOException {
    calls.sendErrors.add(Linux.EIO);
    assertThat(ends.send(RUNS)).isZero();
    assertThat(cuts()).isFalse();
    assertThat(ends.sending.packetsInRuns()).isEqualTo(2);
    ends.expect(RUNS);
    calls.sends.clear();
    ends.received.clear();
    assertThat(ends.send(RUNS)).isZero();
    ends.expect(RUNS);
    assertThat(calls.sends).containsExactly(RUNS.length);
  }

  @Test
  void onePathThatTakesSmallerPacketsOnlyDoesNotSpoilTheOthers() throws IOException {
    for (int error : new int[] {Linux.EINVAL, Linux.EMSGSIZE}) {
      calls.sendErrors.add(error);
      ends.received.clear();
      assertThat(ends.send(RUNS)).isZero();
      ends.expect(RUNS);
      assertThat(cuts()).isTrue();
    }
  }

  @Test
  void aKernelThatNeverCutsUpIsNotAskedForEver() throws IOException {
    for (int i = 0; i < 16; i++) {
      // The run is refused, and its four packets go one by one.
      calls.sendErrors.addAll(java.util.List.of(Linux.EINVAL, 0, 0, 0, 0));
      assertThat(ends.send(1000, 1000, 1000, 1000)).isZero();
      ends.receive(4);
      ends.received.clear();
    }
    assertThat(cuts()).isFalse();
  }

  @Test
  void aFullSocketIsWaitedForOnceAndThenDropsWhatIsLeft() throws IOException {
    calls.sendErrors.add(Linux.EAGAIN);
    assertThat(ends.send(RUNS)).isZero();
    ends.expect(RUNS);
    calls.sendErrors.addAll(Collections.nCopies(2, Linux.EAGAIN));
    assertThat(ends.send(RUNS)).isEqualTo(RUNS.length);
    assertThat(ends.send(100)).isZero();
  }

  @Test
  void aFullDeviceDropsOneMessageAndTheNextIsTried() throws IOException {
    calls.sendErrors.add(Linux.ENOBUFS);
    assertThat(ends.send(RUNS)).isEqualTo(4);
    ends.receive(2);
    assertThat(ends.received).extracting(packet -> packet.length).containsExactly(160, 160);
    assertThat(cuts()).isTrue();
  }

  @Test
  void anInterruptedCallIsRepeated() throws IOException {
    calls.sendErrors.add(Linux.EINTR);
    assertThat(ends.send(RUNS)).isZero();
    ends.expect(RUNS);
  }

  @Test
  void anUnreachablePeerHarmsNobodyElse() throws IOException {
    calls.sendErrors.add(101);
    int[] different = IntStream.range(0, 5).map(i -> 100 + 10 * i).toArray();
    assertThat(ends.send(different)).isEqualTo(1);
    ends.receive(4);
  }

  @Test
  void aSocketThatCannotBeHadIsSaid() {
    calls.bindError = Linux.EADDRINUSE;
    assertThatThrownBy(() -> ends.sending.bind(InetAddress.getByName("127.0.0.1"), 9, false, 4096))
        .isInstanceOf(java.net.BindException.class)
        .hasMessageContaining("in use");
    calls.socketError = 24;
    assertThatThrownBy(() -> ends.sending.bind(InetAddress.getByName("127.0.0.1"), 9, false, 4096))
        .isInstanceOf(IOException.class);
  }
}
