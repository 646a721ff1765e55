package org.meetjar.xmpp.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The one message of PLAIN, RFC 4616.
 *
 * @param authorization whom the client wants to act as; empty for itself
 */
public record PlainCredentials(String authorization, String username, String password) {
  public static PlainCredentials parse(byte[] message) throws SaslException {
    String[] parts = utf8(message).split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
      throw new SaslException(SaslFailure.MALFORMED_REQUEST, "PLAIN needs two NUL characters");
    }
    return new PlainCredentials(parts[0], Username.normalize(parts[1]), parts[2]);
  }

  static String utf8(byte[] message) throws SaslException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
    } catch (CharacterCodingException e) {
      throw new SaslException(SaslFailure.MALFORMED_REQUEST, "not UTF-8");
    }
  }

  @Override
  public String toString() {
    return "PlainCredentials[" + username + "]";
  }
}
