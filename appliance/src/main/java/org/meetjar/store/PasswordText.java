package org.meetjar.store;

import java.text.Normalizer;
import org.meetjar.config.StartFailure;

/** The form of a password that is hashed: SASLprep, RFC 4013, for what people can type. */
final class PasswordText {
  private static final int MAX_LENGTH = 256;

  private PasswordText() {}

  /**
   * @throws StartFailure when it can be no password
   */
  static String prepare(String password) {
    StringBuilder mapped = new StringBuilder(password.length());
    password
        .codePoints()
        .filter(c -> !vanishes(c))
        .forEach(c -> mapped.appendCodePoint(Character.getType(c) == space() ? ' ' : c));
    String prepared = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    if (prepared.isEmpty() || prepared.length() > MAX_LENGTH) {
      throw new StartFailure(
          "A password must have 1 to " + MAX_LENGTH + " characters: give another.");
    }
    if (prepared.codePoints().anyMatch(Character::isISOControl)) {
      throw new StartFailure("A password must not have control characters in it: give another.");
    }
    return prepared;
  }

  private static byte space() {
    return Character.SPACE_SEPARATOR;
  }

  /** RFC 3454 table B.1: soft hyphens, joiners, variation selectors and the like. */
  private static boolean vanishes(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x1806
        || (c >= 0x180B && c <= 0x180D)
        || (c >= 0x200B && c <= 0x200D)
        || c == 0x2060
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFEFF;
  }
}
