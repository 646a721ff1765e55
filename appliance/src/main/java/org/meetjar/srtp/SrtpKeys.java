package org.meetjar.srtp;

import java.util.Arrays;

/** The master key and salt of one direction. */
public final class SrtpKeys {
  private final SrtpProfile profile;
  private final byte[] key;
  private final byte[] salt;

  public SrtpKeys(SrtpProfile profile, byte[] key, byte[] salt) {
    if (key.length != profile.keyBytes() || salt.length != profile.saltBytes()) {
      throw new IllegalArgumentException("key or salt of the wrong length for " + profile);
    }
    this.profile = profile;
    this.key = key.clone();
    this.salt = salt.clone();
  }

  SrtpProfile profile() {
    return profile;
  }

  byte[] key() {
    return key;
  }

  byte[] salt() {
    return salt;
  }

  /** How many bytes the DTLS exporter has to give for both directions, RFC 5764 section 4.2. */
  public static int exportedBytes(SrtpProfile profile) {
    return 2 * (profile.keyBytes() + profile.saltBytes());
  }

  /** The keys of what the DTLS client writes, out of the exported material. */
  public static SrtpKeys ofClient(SrtpProfile profile, byte[] exported) {
    return slice(profile, exported, 0);
  }

  /** The keys of what the DTLS server writes, out of the exported material. */
  public static SrtpKeys ofServer(SrtpProfile profile, byte[] exported) {
    return slice(profile, exported, 1);
  }

  private static SrtpKeys slice(SrtpProfile profile, byte[] exported, int side) {
    int keyAt = side * profile.keyBytes();
    int saltAt = 2 * profile.keyBytes() + side * profile.saltBytes();
    return new SrtpKeys(
        profile,
        Arrays.copyOfRange(exported, keyAt, keyAt + profile.keyBytes()),
        Arrays.copyOfRange(exported, saltAt, saltAt + profile.saltBytes()));
  }
}
