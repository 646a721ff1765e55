package org.meetjar.turn;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that need no memory: a time and an HMAC over it and the client's address. They go stale
 * after ten minutes. Owned by the TURN thread.
 */
final class Nonces {
  private static final Duration STALE_AFTER = Duration.ofMinutes(10);
  private static final int TIME_DIGITS = 8;

  private final Mac mac;

  Nonces(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has HmacSHA256", e);
    }
  }

  String make(InetAddress client, long nowSeconds) {
    return make((int) nowSeconds, client);
  }

  boolean isFresh(String nonce, InetAddress client, long nowSeconds) {
    if (nonce.length() != TIME_DIGITS + 24) {
      return false;
    }
    int made;
    try {
      made = HexFormat.fromHexDigits(nonce, 0, TIME_DIGITS);
    } catch (IllegalArgumentException e) {
      return false;
    }
    int age = (int) nowSeconds - made;
    return age >= 0
        && age <= STALE_AFTER.toSeconds()
        && MessageDigest.isEqual(
            nonce.getBytes(StandardCharsets.UTF_8),
            make(made, client).getBytes(StandardCharsets.UTF_8));
  }

  private String make(int seconds, InetAddress client) {
    mac.update(ByteBuffer.allocate(4).putInt(seconds).array());
    byte[] seal = Arrays.copyOf(mac.doFinal(client.getAddress()), 12);
    return HexFormat.of().toHexDigits(seconds) + HexFormat.of().formatHex(seal);
  }
}
