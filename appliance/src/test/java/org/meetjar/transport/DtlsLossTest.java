package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;

/** Our two sides of a handshake when datagrams get lost. */
class DtlsLossTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DtlsDialer dialer = new DtlsDialer();
  private final DtlsHandshakes pool = new DtlsHandshakes(4, PATIENCE, () -> {});
  private final BlockingQueue<byte[]> toClient = new LinkedBlockingQueue<>();
  private final CompletableFuture<DtlsKeys> accepted = new CompletableFuture<>();
  private final AtomicInteger sentByClient = new AtomicInteger();
  private final AtomicInteger sentByServer = new AtomicInteger();
  private int lostFrom;
  private int lostTo;
  private boolean clientsAreLost;
  private final DtlsAssociation server = new DtlsAssociation(pool, new Answers());

  @AfterEach
  void close() {
    server.close();
    pool.close();
  }

  /** Each flight is one datagram, so the numbers are those of the flights. */
  @ParameterizedTest
  @CsvSource({
    "client,0,1",
    "client,1,2",
    "client,1,3",
    "server,0,1",
    "server,0,2",
    "server,1,2",
    "server,1,3"
  })
  void itEndsWellAllTheSame(String who, int from, int to) throws Exception {
    clientsAreLost = who.equals("client");
    lostFrom = from;
    lostTo = to;
    server.start(true, List.of(dialer.fingerprint()));

    DtlsDialer.Keys keys =
        dialer.connect(List.of(pool.identity().fingerprint), new Pipe(), PATIENCE);

    DtlsKeys theirs = accepted.get(30, TimeUnit.SECONDS);
    byte[] packet = new byte[200];
    packet[0] = (byte) 0x80;
    int sealed = new SrtpSender(keys.sending(), 1).protectRtp(packet, 0, 100);
    assertThat(new SrtpReceiver(theirs.ofClient(), 1).unprotectRtp(packet, 0, sealed))
        .isEqualTo(100);
    assertThat((clientsAreLost ? sentByClient : sentByServer).get()).isGreaterThan(to);
  }

  private boolean isLost(boolean byClient, int number) {
    return byClient == clientsAreLost && number >= lostFrom && number < lostTo;
  }

  private final class Pipe implements DtlsDialer.Pipe {
    @Override
    public void send(byte[] datagram) {
      if (!isLost(true, sentByClient.getAndIncrement())) {
        server.receive(datagram, 0, datagram.length);
      }
    }

    @Override
    public Optional<byte[]> receive(Duration patience) {
      try {
        return Optional.ofNullable(toClient.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final class Answers implements DtlsAssociation.Listener {
    @Override
    public void send(byte[] packet) {
      if (!isLost(false, sentByServer.getAndIncrement())) {
        toClient.add(packet);
      }
    }

    @Override
    public void established(DtlsKeys keys, boolean asServer) {
      accepted.complete(keys);
    }

    @Override
    public void failed(String why, boolean forGood) {
      accepted.completeExceptionally(new IllegalStateException(why));
    }

    @Override
    public void closedByPeer() {
      accepted.completeExceptionally(new IllegalStateException("closed"));
    }
  }
}
