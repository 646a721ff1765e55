package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;

class DtlsDialerTest {
  private final DtlsDialer dialer = new DtlsDialer();
  private final DtlsIdentity server = DtlsIdentity.create();
  private final BlockingQueue<byte[]> toServer = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> toClient = new LinkedBlockingQueue<>();

  @Test
  void bothSidesHaveTheSameKeys() throws Exception {
    CompletableFuture<DtlsKeys> accepted = serve();

    DtlsDialer.Keys keys =
        dialer.connect(List.of(server.fingerprint), new Pipe(), Duration.ofSeconds(40));

    DtlsKeys theirs = accepted.get(40, TimeUnit.SECONDS);
    byte[] packet = new byte[200];
    packet[0] = (byte) 0x80;
    int sealed = new SrtpSender(keys.sending(), 1).protectRtp(packet, 0, 100);
    assertThat(new SrtpReceiver(theirs.ofClient(), 1).unprotectRtp(packet, 0, sealed))
        .isEqualTo(100);
    sealed = new SrtpSender(theirs.ofServer(), 1).protectRtp(packet, 0, 100);
    assertThat(new SrtpReceiver(keys.receiving(), 1).unprotectRtp(packet, 0, sealed))
        .isEqualTo(100);
  }

  @Test
  void anotherCertificateThanTheOneThatWasSignalledIsRefused() {
    CompletableFuture<DtlsKeys> accepted = serve();
    Fingerprint other = DtlsIdentity.create().fingerprint;

    assertThatThrownBy(() -> dialer.connect(List.of(other), new Pipe(), Duration.ofSeconds(40)))
        .isInstanceOf(IOException.class);
    assertThat(accepted).failsWithin(Duration.ofSeconds(60));
  }

  private CompletableFuture<DtlsKeys> serve() {
    return CompletableFuture.supplyAsync(
        () -> {
          DtlsKeys keys = new DtlsKeys(List.of(dialer.fingerprint()));
          try {
            new DTLSServerProtocol().accept(new DtlsServer(server, keys, 40_000), new Far());
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return keys;
        });
  }

  private final class Pipe implements DtlsDialer.Pipe {
    @Override
    public void send(byte[] datagram) {
      toServer.add(datagram);
    }

    @Override
    public Optional<byte[]> receive(Duration patience) throws IOException {
      return Optional.ofNullable(poll(toClient, (int) patience.toMillis()));
    }
  }

  private final class Far implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return 2048;
    }

    @Override
    public int getSendLimit() {
      return 1200;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      byte[] packet = poll(toServer, waitMillis);
      if (packet == null) {
        return -1;
      }
      System.arraycopy(packet, 0, buffer, offset, packet.length);
      return packet.length;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      toClient.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static byte[] poll(BlockingQueue<byte[]> queue, int millis) throws IOException {
    try {
      return queue.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
