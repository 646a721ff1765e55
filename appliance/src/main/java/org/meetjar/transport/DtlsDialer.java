package org.meetjar.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.srtp.SrtpKeys;

/**
 * DTLS-SRTP handshakes (RFC 5764) from the side that begins, for those who are clients of a bridge.
 * All share one certificate. Any thread.
 */
public final class DtlsDialer {
  private final DtlsIdentity identity = DtlsIdentity.create();

  /** The way to the other side. */
  public interface Pipe {
    void send(byte[] datagram);

    /** Waits for a datagram; empty when none came. */
    Optional<byte[]> receive(Duration patience) throws IOException;
  }

  /** The keys of both directions. */
  public record Keys(SrtpKeys sending, SrtpKeys receiving) {}

  /** Our certificate's, for the signalling. */
  public Fingerprint fingerprint() {
    return new Fingerprint(identity.fingerprint.hash(), identity.fingerprint.value(), "active");
  }

  /**
   * Shakes hands, blocking.
   *
   * @param fingerprints of which one is the other side's certificate's
   * @throws IOException when there is no answer, or not the right one
   */
  public Keys connect(List<Fingerprint> fingerprints, Pipe pipe, Duration patience)
      throws IOException {
    DtlsKeys keys = new DtlsKeys(fingerprints);
    DtlsClient client = new DtlsClient(identity, keys, DtlsKeys.offer(), (int) patience.toMillis());
    new DTLSClientProtocol().connect(client, new Adapter(pipe, new DtlsFlight(pipe::send)));
    return new Keys(keys.ofClient(), keys.ofServer());
  }

  private record Adapter(Pipe pipe, DtlsFlight flight) implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return DatagramPort.MAX_DATAGRAM_BYTES;
    }

    @Override
    public int getSendLimit() {
      return DtlsFlight.MAX_BYTES;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      flight.flush();
      Optional<byte[]> packet = pipe.receive(Duration.ofMillis(Math.max(1, waitMillis)));
      if (packet.isEmpty()) {
        return -1;
      }
      int size = Math.min(length, packet.get().length);
      System.arraycopy(packet.get(), 0, buffer, offset, size);
      return size;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      flight.add(buffer, offset, length);
    }

    @Override
    public void close() {
      // The way is the caller's.
    }
  }
}
