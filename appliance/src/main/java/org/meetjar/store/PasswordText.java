package org.meetjar.store;

import java.text.Normalizer;
import org.meetjar.config.StartFailure;

/** The form of a password that is hashed: the part of SASLprep (RFC 4013) that matters. */
final class PasswordText {
  private static final int MAX_LENGTH = 256;

  private PasswordText() {}

  /**
   * @throws StartFailure when it can be no password
   */
  static String prepare(String password) {
    String prepared = Normalizer.normalize(password, Normalizer.Form.NFKC);
    if (prepared.isEmpty() || prepared.length() > MAX_LENGTH) {
      throw new StartFailure(
          "A password must have 1 to " + MAX_LENGTH + " characters: give another.");
    }
    if (prepared.codePoints().anyMatch(Character::isISOControl)) {
      throw new StartFailure("A password must not have control characters in it: give another.");
    }
    return prepared;
  }
}
