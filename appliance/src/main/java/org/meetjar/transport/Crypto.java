package org.meetjar.transport;

import java.io.IOException;
import org.meetjar.config.CryptoMode;
import org.meetjar.srtp.SrtpCrypto;

/** Chooses whose ciphers protect media. */
final class Crypto {
  private Crypto() {}

  /**
   * Chooses, by trying.
   *
   * @throws IOException with a sentence for the operator when what was asked for is not to be had
   */
  static SrtpCrypto choose(CryptoMode mode) throws IOException {
    if (mode != CryptoMode.JDK && SrtpCrypto.OPENSSL.isHere()) {
      return SrtpCrypto.OPENSSL;
    }
    if (mode == CryptoMode.OPENSSL) {
      throw new IOException(
          "transport.crypto is openssl, which is not to be had: it takes Java 22 or newer, and"
              + " libcrypto 3 (Debian's libssl3); set it to auto.");
    }
    return SrtpCrypto.JDK;
  }
}
