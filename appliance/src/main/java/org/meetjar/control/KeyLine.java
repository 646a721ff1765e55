package org.meetjar.control;

import java.util.Base64;
import org.meetjar.config.StartFailure;
import org.meetjar.store.ScramKeys;

/** {@link ScramKeys} as a line. */
final class KeyLine {
  private KeyLine() {}

  static String write(ScramKeys keys) {
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        " ",
        keys.mechanism(),
        String.valueOf(keys.iterations()),
        base64.encodeToString(keys.salt()),
        base64.encodeToString(keys.storedKey()),
        base64.encodeToString(keys.serverKey()));
  }

  static ScramKeys read(String line) {
    String[] parts = line.split(" ", -1);
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      return new ScramKeys(
          parts[0],
          base64.decode(parts[2]),
          Integer.parseInt(parts[1]),
          base64.decode(parts[3]),
          base64.decode(parts[4]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new StartFailure("The request is damaged: try again.", e);
    }
  }
}
