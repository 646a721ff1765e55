package org.meetjar.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived TURN credentials: the user name says until when it holds and for which session, the
 * password is an HMAC of it, so that nothing has to be kept. Immutable; any thread may use it.
 */
public final class Credentials {
  /** The longest user name that is looked at: RFC 8489 section 14.3 allows 508 bytes. */
  private static final int MAX_USER_NAME = 508;

  private final byte[] secret;
  private final Clock clock;

  public Credentials(byte[] secret, Clock clock) {
    this.secret = secret.clone();
    this.clock = clock;
  }

  /** A user name and its password. */
  public record Credential(String userName, String password) {}

  public Credential issue(String session, Duration lifetime) {
    String userName = clock.instant().plus(lifetime).getEpochSecond() + ":" + session;
    return new Credential(userName, password(userName));
  }

  /** The password of a user name that has not expired. */
  public Optional<String> passwordOf(String userName) {
    int colon = userName.indexOf(':');
    if (colon < 1 || colon > 12 || userName.length() > MAX_USER_NAME) {
      return Optional.empty();
    }
    for (int i = 0; i < colon; i++) {
      if (userName.charAt(i) < '0' || userName.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    long expires = Long.parseLong(userName.substring(0, colon));
    return expires < clock.instant().getEpochSecond()
        ? Optional.empty()
        : Optional.of(password(userName));
  }

  /** The session that a user name was made for. */
  public static String sessionOf(String userName) {
    return userName.substring(userName.indexOf(':') + 1);
  }

  private String password(String userName) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(userName.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has HmacSHA1", e);
    }
  }
}
