package org.meetjar.srtp;

/**
 * Whose AES-GCM protects packets, chosen once for the process before the first of them. May be used
 * by any thread.
 */
public enum SrtpCrypto {
  /** The JDK's. */
  JDK,
  /** OpenSSL's libcrypto 3, by {@code java.lang.foreign}. */
  OPENSSL;

  private static final int FIRST_JAVA_WITH_FOREIGN = 22;

  private static volatile SrtpCrypto chosen = JDK;

  /** Whether it works here, found out by trying. */
  public boolean isHere() {
    return this == JDK
        || (Runtime.version().feature() >= FIRST_JAVA_WITH_FOREIGN && OpenSslGcm.isHere());
  }

  /** Uses it for keys that are made from now on; it has to be {@link #isHere}. */
  public void use() {
    chosen = this;
  }

  /** What is used. */
  public static SrtpCrypto chosen() {
    return chosen;
  }

  static Gcm gcm(byte[] key) {
    return chosen == OPENSSL ? new OpenSslGcm(key) : new JceGcm(key);
  }

  /** For the log. */
  @Override
  public String toString() {
    return this == JDK ? "the JDK" : "libcrypto";
  }
}
