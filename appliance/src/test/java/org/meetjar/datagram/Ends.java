package org.meetjar.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two sockets on loopback, one of each kind that is asked for. */
final class Ends implements AutoCloseable {
  private static final int BUFFER = 8 << 20;

  final PortGroup sending;
  final PortGroup receiving;
  final DatagramPort from;
  final DatagramPort to;
  final List<byte[]> received = new ArrayList<>();
  final List<InetSocketAddress> senders = new ArrayList<>();

  Ends(PortGroup sending, PortGroup receiving, InetAddress address) throws IOException {
    this.sending = sending;
    this.receiving = receiving;
    from = sending.bind(address, 0, false, BUFFER);
    to = receiving.bind(address, 0, false, BUFFER);
  }

  /** Sends packets of these sizes, each with its number in it; says how many were refused. */
  int send(int... sizes) {
    int[] offsets = new int[sizes.length + 1];
    int[] lengths = new int[sizes.length + 1];
    int used = 3;
    for (int i = 0; i < sizes.length; i++) {
      // The run does not begin at the arrays' beginning.
      offsets[i + 1] = used;
      lengths[i + 1] = sizes[i];
      used += sizes[i];
    }
    byte[] arena = new byte[used];
    for (int i = 0; i < sizes.length; i++) {
      System.arraycopy(packet(i, sizes[i]), 0, arena, offsets[i + 1], sizes[i]);
    }
    int refused = from.send(new Destination(to.local()), arena, offsets, lengths, 1, sizes.length);
    return refused + sending.flush();
  }

  static byte[] packet(int number, int size) {
    byte[] packet = new byte[size];
    Arrays.fill(packet, (byte) (number * 31 + size));
    return packet;
  }

  /** Waits until so many have come. */
  void receive(int count) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (received.size() < count && System.nanoTime() - deadline < 0) {
      receiving.await(TimeUnit.MILLISECONDS.toNanos(50));
      receiving.receive(
          (port, buffer, offset, length, sender) -> {
            received.add(Arrays.copyOfRange(buffer, offset, offset + length));
            senders.add(sender);
          },
          64);
    }
    assertThat(received).hasSize(count);
  }

  void expect(int... sizes) throws IOException {
    receive(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      assertThat(received.get(i)).as("packet %d", i).isEqualTo(packet(i, sizes[i]));
    }
    assertThat(senders).allMatch(from.local()::equals);
  }

  @Override
  public void close() {
    sending.close();
    receiving.close();
  }
}
