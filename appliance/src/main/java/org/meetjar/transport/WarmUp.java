package org.meetjar.transport;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.srtp.SrtpKeys;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads and compiles what the first call would wait for. */
final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  private static final int HANDSHAKES = 8;
  private static final int PACKETS = 6_000;
  private static final int PACKET_BYTES = 1_100;

  private WarmUp() {}

  static void run(DtlsIdentity identity) {
    long start = System.nanoTime();
    try {
      for (int i = 0; i < HANDSHAKES; i++) {
        handshake(identity);
      }
      for (SrtpProfile profile : SrtpProfile.values()) {
        packets(profile);
      }
      stun();
      log.debug("warmed up in {} ms", (System.nanoTime() - start) / 1_000_000);
    } catch (IOException | RuntimeException e) {
      log.warn("warming up failed: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // As low as that of who warms up: calls come first.
  private static void handshake(DtlsIdentity identity) throws IOException, InterruptedException {
    Wire toServer = new Wire();
    Wire toClient = new Wire();
    UseSRTPData offer =
        new UseSRTPData(new int[] {SrtpProfile.AEAD_AES_128_GCM.id()}, TlsUtils.EMPTY_BYTES);
    Thread peer =
        new Thread(
            () -> {
              DtlsKeys keys = new DtlsKeys(List.of(identity.fingerprint));
              try {
                new DTLSClientProtocol()
                    .connect(
                        new DtlsClient(identity, keys, offer, 5_000), new End(toClient, toServer));
              } catch (IOException e) {
                log.debug("warming up: {}", e.toString());
              }
            },
            "warm-up-client");
    peer.setDaemon(true);
    peer.setPriority(Thread.currentThread().getPriority());
    peer.start();
    DtlsKeys keys = new DtlsKeys(List.of(identity.fingerprint));
    new DTLSServerProtocol()
        .accept(new DtlsServer(identity, keys, 5_000), new End(toServer, toClient));
    keys.ofServer();
    peer.join(5_000);
  }

  /** Loads what a transport is made of. */
  static void transport(Function<TransportListener, Transport> factory) {
    Transport transport = factory.apply(new Nobody());
    transport.remote(
        new TransportDescription("nobody", "is-there-to-answer-this", List.of(), List.of(), ""));
    transport.debugState();
    transport.close();
  }

  private static void packets(SrtpProfile profile) {
    SrtpKeys keys = SrtpKeys.ofClient(profile, new byte[SrtpKeys.exportedBytes(profile)]);
    SrtpSender sender = new SrtpSender(keys, 4);
    SrtpReceiver receiver = new SrtpReceiver(keys, 4);
    byte[] packet = new byte[PACKET_BYTES + SrtpProfile.MAX_OVERHEAD_BYTES];
    for (int i = 0; i < PACKETS; i++) {
      packet[0] = (byte) 0x80;
      packet[2] = (byte) (i >>> 8);
      packet[3] = (byte) i;
      int sealed = sender.protectRtp(packet, 0, PACKET_BYTES);
      receiver.unprotectRtp(packet, 0, sealed);
      if (i % 8 == 0) {
        packet[1] = (byte) 200;
        receiver.unprotectRtcp(packet, 0, sender.protectRtcp(packet, 0, 64));
        packet[1] = 0;
      }
    }
  }

  private static void stun() {
    Integrity integrity = Integrity.shortTerm("a-password-of-some-length");
    StunWriter writer = new StunWriter();
    StunMessage message = new StunMessage();
    for (int i = 0; i < 500; i++) {
      writer.begin(Method.BINDING, MessageClass.REQUEST, i, i).add(Attribute.USERNAME, "a:b");
      writer.add(integrity).addFingerprint();
      if (message.read(writer.buffer(), 0, writer.length())) {
        message.holds(integrity);
      }
    }
  }

  private static final class Nobody implements TransportListener {
    @Override
    public void connected() {}

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {}

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {}

    @Override
    public void failed(String why) {}
  }

  private static final class Wire {
    final BlockingQueue<byte[]> packets = new ArrayBlockingQueue<>(64);
  }

  private record End(Wire in, Wire out) implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return NioDatagramPort.MAX_DATAGRAM_BYTES;
    }

    @Override
    public int getSendLimit() {
      return 1_200;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      try {
        byte[] packet = in.packets.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (packet == null) {
          return -1;
        }
        System.arraycopy(packet, 0, buffer, offset, packet.length);
        return packet.length;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      out.packets.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      in.packets.clear();
    }
  }
}
