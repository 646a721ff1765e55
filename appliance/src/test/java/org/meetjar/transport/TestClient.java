package org.meetjar.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpReceiver;
import org.meetjar.srtp.SrtpSender;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/**
 * What a browser does, over a real socket: checks, answers checks, is nominated, shakes hands,
 * sends and receives SRTP. Controlled, and without trickling.
 */
final class TestClient implements AutoCloseable {
  private static final DtlsIdentity IDENTITY = DtlsIdentity.create();
  private static final int HANDSHAKE_MS = 40_000;

  final String ufrag = "cli" + Integer.toString(new SecureRandom().nextInt(1 << 24), 36);
  final String password = "a-password-of-the-client";
  final CompletableFuture<Void> nominated = new CompletableFuture<>();
  final BlockingQueue<byte[]> dtlsIn = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> mediaIn = new LinkedBlockingQueue<>();
  final CompletableFuture<Void> checksAnswered = new CompletableFuture<>();
  final BlockingQueue<Integer> errors = new LinkedBlockingQueue<>();
  volatile boolean answersChecks = true;
  boolean controlling;
  long tieBreaker = 77;
  volatile Predicate<byte[]> losesIncoming = packet -> false;
  volatile InetSocketAddress lastFrom;
  SrtpSender sender;
  SrtpReceiver receiver;
  int mtu = 1_200;
  DTLSTransport dtls;
  private volatile DatagramSocket socket;
  private TransportDescription server;
  private InetSocketAddress to;
  private volatile boolean closed;

  TestClient() throws IOException {
    this("127.0.0.1");
  }

  TestClient(String address) throws IOException {
    bind(address);
  }

  /** Goes to another port, as after a change of network. */
  void bind(String address) throws IOException {
    DatagramSocket old = socket;
    DatagramSocket fresh = new DatagramSocket(0, InetAddress.getByName(address));
    socket = fresh;
    Thread reader = new Thread(() -> read(fresh), "test-client");
    reader.setDaemon(true);
    reader.start();
    if (old != null) {
      old.close();
    }
  }

  TransportDescription description(String setup) {
    Fingerprint own = IDENTITY.fingerprint;
    return description(List.of(new Fingerprint(own.hash(), own.value(), setup)));
  }

  TransportDescription description(List<Fingerprint> fingerprints) {
    return new TransportDescription(ufrag, password, fingerprints, List.of(), "");
  }

  TestClient towards(TransportDescription description, String address) {
    server = description;
    to =
        description.candidates().stream()
            .filter(each -> each.address().equals(address))
            .map(each -> new InetSocketAddress(each.address(), each.port()))
            .findFirst()
            .orElseThrow();
    return this;
  }

  int port() {
    return socket.getLocalPort();
  }

  InetSocketAddress serverAddress() {
    return to;
  }

  void check() throws IOException {
    SecureRandom random = new SecureRandom();
    StunWriter writer =
        new StunWriter()
            .begin(Method.BINDING, MessageClass.REQUEST, random.nextLong(), random.nextInt())
            .add(Attribute.USERNAME, server.ufrag() + ":" + ufrag)
            .add(Attribute.PRIORITY, 1_845_501_695)
            .add(controlling ? Attribute.ICE_CONTROLLING : Attribute.ICE_CONTROLLED, tieBreaker);
    if (controlling) {
      writer.add(Attribute.USE_CANDIDATE);
    }
    send(writer.add(Integrity.shortTerm(server.password())).addFingerprint().toBytes());
  }

  /** Checks until the server has nominated. */
  void ice() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (!nominated.isDone() && System.nanoTime() < deadline) {
      check();
      try {
        nominated.get(100, TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.TimeoutException again) {
        // The next check follows.
      }
    }
    nominated.get(1, TimeUnit.SECONDS);
  }

  /** The handshake, as the side that begins. */
  void handshake(SrtpProfile... profiles) throws IOException {
    int[] ids = Arrays.stream(profiles).mapToInt(SrtpProfile::id).toArray();
    DtlsKeys keys = new DtlsKeys(server.fingerprints());
    DtlsClient client =
        new DtlsClient(IDENTITY, keys, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES), HANDSHAKE_MS);
    dtls = new DTLSClientProtocol().connect(client, new Pipe());
    sender = new SrtpSender(keys.ofClient(), 100);
    receiver = new SrtpReceiver(keys.ofServer(), 100);
  }

  /** The handshake, as the side that waits. */
  void awaitHandshake() throws IOException {
    DtlsKeys keys = new DtlsKeys(server.fingerprints());
    dtls =
        new DTLSServerProtocol().accept(new DtlsServer(IDENTITY, keys, HANDSHAKE_MS), new Pipe());
    sender = new SrtpSender(keys.ofServer(), 100);
    receiver = new SrtpReceiver(keys.ofClient(), 100);
  }

  void send(byte[] packet) throws IOException {
    socket.send(new DatagramPacket(packet, packet.length, to));
  }

  byte[] sealRtp(int sequence, int body) {
    byte[] packet = rtp(sequence, body);
    byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpProfile.MAX_OVERHEAD_BYTES);
    return Arrays.copyOf(buffer, sender.protectRtp(buffer, 0, packet.length));
  }

  static byte[] rtp(int sequence, int body) {
    byte[] packet = new byte[12 + body];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >>> 8);
    packet[3] = (byte) sequence;
    packet[11] = 42;
    Arrays.fill(packet, 12, packet.length, (byte) sequence);
    return packet;
  }

  private void read(DatagramSocket from) {
    byte[] buffer = new byte[2_048];
    while (!closed) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        from.receive(packet);
        lastFrom = (InetSocketAddress) packet.getSocketAddress();
        take(Arrays.copyOf(buffer, packet.getLength()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void take(byte[] packet) throws IOException {
    if (losesIncoming.test(packet)) {
      return;
    }
    switch (FirstLook.at(packet, 0, packet.length)) {
      case STUN -> stun(packet);
      case DTLS -> dtlsIn.add(packet);
      default -> mediaIn.add(packet);
    }
  }

  private void stun(byte[] packet) throws IOException {
    StunMessage message = new StunMessage();
    if (!message.read(packet, 0, packet.length)) {
      return;
    }
    if (message.messageClass() == MessageClass.ERROR) {
      errors.add(message.errorCode());
    } else if (message.messageClass() == MessageClass.SUCCESS) {
      checksAnswered.complete(null);
    }
    Integrity own = Integrity.shortTerm(password);
    if (message.messageClass() != MessageClass.REQUEST || !message.holds(own) || !answersChecks) {
      return;
    }
    StunWriter answer = new StunWriter().answer(message, MessageClass.SUCCESS);
    answer.add(Attribute.XOR_MAPPED_ADDRESS, to).add(own).addFingerprint();
    send(answer.toBytes());
    if (message.has(Attribute.USE_CANDIDATE)) {
      nominated.complete(null);
    }
  }

  @Override
  public void close() {
    closed = true;
    socket.close();
  }

  private final class Pipe implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return 2_048;
    }

    @Override
    public int getSendLimit() {
      return mtu;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      try {
        byte[] packet = dtlsIn.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (packet == null) {
          return -1;
        }
        System.arraycopy(packet, 0, buffer, offset, packet.length);
        return packet.length;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
      TestClient.this.send(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      // The socket is the client's.
    }
  }
}
