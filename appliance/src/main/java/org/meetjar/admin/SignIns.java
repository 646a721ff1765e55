package org.meetjar.admin;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Who is signed in on the admin page, for as long as the process runs. For any thread. */
final class SignIns {
  /** Browsers at one time; those unused for longest go first. */
  private static final int MAX = 500;

  /**
   * @param fingerprint of what verifies the password: another password ends the session
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by the method below
  record SignIn(String account, byte[] fingerprint) {
    boolean holdsFor(byte[] present) {
      return MessageDigest.isEqual(fingerprint, present);
    }
  }

  private static final class Entry {
    final SignIn signIn;
    long usedNanos;

    Entry(SignIn signIn, long nanos) {
      this.signIn = signIn;
      usedNanos = nanos;
    }
  }

  private final long idleNanos;
  private final LongSupplier nanoTime;
  private final Secrets secrets;
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  SignIns(Duration idle, LongSupplier nanoTime, Secrets secrets) {
    idleNanos = idle.toNanos();
    this.nanoTime = nanoTime;
    this.secrets = secrets;
  }

  /** Gives the secret that names a new session. */
  synchronized String begin(SignIn signIn) {
    String secret = secrets.make();
    entries.put(key(secret), new Entry(signIn, nanoTime.getAsLong()));
    var oldest = entries.entrySet().iterator();
    while (entries.size() > MAX) {
      oldest.next();
      oldest.remove();
    }
    return secret;
  }

  /** The session with that secret, which counts as used. */
  synchronized Optional<SignIn> find(String secret) {
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    Entry entry = entries.get(key(secret));
    long now = nanoTime.getAsLong();
    if (entry == null) {
      return Optional.empty();
    }
    if (now - entry.usedNanos > idleNanos) {
      entries.remove(key(secret));
      return Optional.empty();
    }
    entry.usedNanos = now;
    return Optional.of(entry.signIn);
  }

  synchronized void end(String secret) {
    entries.remove(key(secret));
  }

  /** Ends all sessions of an account. */
  synchronized void endAll(String account) {
    entries.values().removeIf((Entry entry) -> entry.signIn.account().equals(account));
  }

  private static String key(String secret) {
    return HexFormat.of().formatHex(Secrets.hash(secret));
  }
}
