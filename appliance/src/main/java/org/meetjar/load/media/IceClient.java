package org.meetjar.load.media;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/**
 * The controlled side of ICE (RFC 8445) with one socket: checks all the bridge's candidates,
 * answers its checks, takes the pair that it nominates, and asks for consent from then on (RFC
 * 7675). Belongs to the media thread.
 */
final class IceClient {
  private static final int HOST_PRIORITY = 1_845_501_695;
  private static final long CHECK_NANOS = Duration.ofMillis(50).toNanos();
  private static final long CONSENT_NANOS = Duration.ofSeconds(5).toNanos();

  private final Credentials credentials;
  private final List<InetSocketAddress> remotes;
  private final RandomGenerator random;
  private final Output output;
  private final Integrity local;
  private final Integrity remote;
  private final byte[] tieBreaker = new byte[8];
  private Optional<InetSocketAddress> selected = Optional.empty();
  private long nextNanos = Long.MIN_VALUE;
  private byte[] lastTransaction = new byte[12];
  private long lastCheckNanos;
  private long roundTripNanos = Duration.ofMillis(50).toNanos();

  /** Both sides' user name fragments and passwords. */
  record Credentials(
      String localUfrag, String localPassword, String remoteUfrag, String remotePassword) {}

  /** Sends a datagram. */
  interface Output {
    void send(byte[] datagram, InetSocketAddress to);
  }

  IceClient(
      Credentials credentials,
      List<InetSocketAddress> remotes,
      RandomGenerator random,
      Output output) {
    this.credentials = credentials;
    this.remotes = List.copyOf(remotes);
    this.random = random;
    this.output = output;
    local = Integrity.shortTerm(credentials.localPassword());
    remote = Integrity.shortTerm(credentials.remotePassword());
    random.nextBytes(tieBreaker);
  }

  /** The bridge's address that it has nominated. */
  Optional<InetSocketAddress> selected() {
    return selected;
  }

  long roundTripNanos() {
    return roundTripNanos;
  }

  void tick(long nanos) {
    if (nextNanos != Long.MIN_VALUE && nanos - nextNanos < 0) {
      return;
    }
    nextNanos = nanos + (selected.isPresent() ? CONSENT_NANOS : CHECK_NANOS);
    lastCheckNanos = nanos;
    lastTransaction = new byte[12];
    random.nextBytes(lastTransaction);
    byte[] check =
        new StunWriter(Method.BINDING, MessageClass.REQUEST, lastTransaction)
            .add(Attribute.USERNAME, credentials.remoteUfrag() + ":" + credentials.localUfrag())
            .add(Attribute.PRIORITY, HOST_PRIORITY)
            .add(Attribute.ICE_CONTROLLED, tieBreaker)
            .add(remote)
            .addFingerprint()
            .toBytes();
    if (selected.isPresent()) {
      output.send(check, selected.get());
    } else {
      remotes.forEach(each -> output.send(check, each));
    }
  }

  void receive(byte[] b, int length, InetSocketAddress from, long nanos) {
    StunMessage.parse(b, 0, length).ifPresent(message -> receive(message, from, nanos));
  }

  private void receive(StunMessage message, InetSocketAddress from, long nanos) {
    if (message.method() != Method.BINDING) {
      return;
    }
    if (message.messageClass() == MessageClass.SUCCESS) {
      if (Arrays.equals(message.transactionId(), lastTransaction)) {
        roundTripNanos = nanos - lastCheckNanos;
      }
    } else if (message.messageClass() == MessageClass.REQUEST && message.holds(local)) {
      answer(message, from);
      if (selected.isEmpty() && message.has(Attribute.USE_CANDIDATE)) {
        selected = Optional.of(from);
      }
    }
  }

  private void answer(StunMessage request, InetSocketAddress from) {
    output.send(
        new StunWriter(Method.BINDING, MessageClass.SUCCESS, request.transactionId())
            .add(Attribute.XOR_MAPPED_ADDRESS, from)
            .add(local)
            .addFingerprint()
            .toBytes(),
        from);
  }
}
