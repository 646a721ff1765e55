package org.meetjar.turn;

import java.net.InetAddress;
import java.util.Optional;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.StunMessage;

/**
 * Long-term authentication, RFC 8489 section 9.2.4. Nothing that has not authenticated itself gets
 * an answer that is longer than its request, but for the 401 that tells realm and nonce, and those
 * are counted by source. Owned by the TURN thread.
 */
final class Authenticator {
  private final String realm;
  private final Credentials credentials;
  private final Nonces nonces;
  private final Allocations allocations;
  private final PeerPolicy policy;
  private final ChallengeLimit challenges = new ChallengeLimit();

  Authenticator(
      String realm,
      Credentials credentials,
      Nonces nonces,
      Allocations allocations,
      PeerPolicy policy) {
    this.realm = realm;
    this.credentials = credentials;
    this.nonces = nonces;
    this.allocations = allocations;
    this.policy = policy;
  }

  /** Whether the source may have one more answer that it did not authenticate for. */
  boolean mayAnswer(ClientPath path, long now) {
    return challenges.allows(path.client().getAddress(), now);
  }

  /** Who the request is from; what fails is answered here. */
  Optional<Authentic> authenticate(StunMessage message, ClientPath path, long now) {
    boolean sha256 = message.has(Attribute.MESSAGE_INTEGRITY_SHA256);
    if (!sha256 && !message.has(Attribute.MESSAGE_INTEGRITY)) {
      challenge(message, path, 401, "Unauthorized", now);
      return Optional.empty();
    }
    Optional<String> userName = message.text(Attribute.USERNAME);
    Optional<String> nonce = message.text(Attribute.NONCE);
    if (userName.isEmpty() || nonce.isEmpty() || !message.has(Attribute.REALM)) {
      if (mayAnswer(path, now)) {
        Answers.send(path, Answers.refusal(message, 400, "Bad Request"));
      }
      return Optional.empty();
    }
    if (!nonces.isFresh(nonce.get(), path.client().getAddress(), seconds(now))) {
      challenge(message, path, 438, "Stale Nonce", now);
      return Optional.empty();
    }
    Optional<byte[]> key = key(userName.get(), path);
    boolean holds =
        key.isPresent()
            && message.holds(sha256 ? Integrity.sha256(key.get()) : Integrity.sha1(key.get()));
    if (!holds) {
      challenge(message, path, 401, "Unauthorized", now);
      return Optional.empty();
    }
    return Optional.of(new Authentic(message, path, userName.get(), key.get()));
  }

  /**
   * The key of a user name. An allocation outlives the expiry of the credentials it was made with,
   * as long as its session does.
   */
  private Optional<byte[]> key(String userName, ClientPath path) {
    Allocation allocation = allocations.of(path);
    if (allocation != null && allocation.userName.equals(userName)) {
      return Optional.of(allocation.key);
    }
    return credentials
        .passwordOf(userName)
        .filter(password -> policy.alive(Credentials.sessionOf(userName)))
        .map(password -> Integrity.longTermKey(userName, realm, password));
  }

  private void challenge(StunMessage message, ClientPath path, int code, String reason, long now) {
    InetAddress client = path.client().getAddress();
    if (mayAnswer(path, now)) {
      Answers.send(
          path,
          Answers.refusal(message, code, reason)
              .add(Attribute.REALM, realm)
              .add(Attribute.NONCE, nonces.make(client, seconds(now))));
    }
  }

  private static long seconds(long nanos) {
    return nanos / 1_000_000_000L;
  }
}
