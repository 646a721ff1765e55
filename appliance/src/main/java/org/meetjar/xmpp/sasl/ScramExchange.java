package org.meetjar.xmpp.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The server's side of one SCRAM login, RFC 5802: parse the client's first message, challenge it
 * with the account's salt, check the proof. Without channel binding: the WebSocket's TLS may end
 * before us.
 */
public final class ScramExchange {
  private static final int MAX_NONCE = 256;

  private final ScramHash hash;
  private final String authorization;
  private final String username;
  private final String clientFirstBare;
  private final String gs2Header;
  private final String nonce;
  private String serverFirst = "";
  private ScramVerifier verifier;

  /**
   * Begins with the client's first message.
   *
   * @param serverNonce random, printable, without comma
   */
  public ScramExchange(ScramHash hash, byte[] clientFirst, String serverNonce)
      throws SaslException {
    this.hash = hash;
    String message = PlainCredentials.utf8(clientFirst);
    // gs2-header = gs2-cbind-flag "," [authzid] ","
    int afterFlag = message.indexOf(',');
    int afterHeader = message.indexOf(',', afterFlag + 1);
    if (afterFlag != 1 || afterHeader < 0) {
      throw malformed("no GS2 header");
    }
    char flag = message.charAt(0);
    if (flag != 'n' && flag != 'y') {
      throw malformed("channel binding was not offered");
    }
    gs2Header = message.substring(0, afterHeader + 1);
    clientFirstBare = message.substring(afterHeader + 1);
    String authzid = message.substring(afterFlag + 1, afterHeader);
    if (!authzid.isEmpty() && !authzid.startsWith("a=")) {
      throw malformed("authzid without a=");
    }
    authorization = authzid.isEmpty() ? "" : unescape(authzid.substring(2));
    String[] parts = clientFirstBare.split(",", -1);
    if (parts.length < 2 || !parts[0].startsWith("n=") || !parts[1].startsWith("r=")) {
      throw malformed("username and nonce expected"); // also for m=, which means unknown extensions
    }
    username = Username.normalize(unescape(parts[0].substring(2)));
    String clientNonce = parts[1].substring(2);
    if (username.isEmpty() || clientNonce.isEmpty() || clientNonce.length() > MAX_NONCE) {
      throw malformed("empty username, or no fitting nonce");
    }
    nonce = clientNonce + serverNonce;
  }

  public ScramHash hash() {
    return hash;
  }

  /** Whom the client wants to act as; empty for itself. */
  public String authorization() {
    return authorization;
  }

  public String username() {
    return username;
  }

  /** The challenge, once the verifier (or one invented for an unknown account) is there. */
  public byte[] challenge(ScramVerifier accountVerifier) {
    verifier = accountVerifier;
    serverFirst =
        "r="
            + nonce
            + ",s="
            + Base64.getEncoder().encodeToString(accountVerifier.salt())
            + ",i="
            + accountVerifier.iterations();
    return serverFirst.getBytes(StandardCharsets.UTF_8);
  }

  /** Checks the client's proof; the answer is the server's own proof, the data of success. */
  public byte[] verify(byte[] clientFinal) throws SaslException {
    String message = PlainCredentials.utf8(clientFinal);
    int proofAt = message.lastIndexOf(",p=");
    if (proofAt < 0) {
      throw malformed("no proof");
    }
    String withoutProof = message.substring(0, proofAt);
    String binding = Base64.getEncoder().encodeToString(gs2Header.getBytes(StandardCharsets.UTF_8));
    String expected = "c=" + binding + ",r=" + nonce;
    if (!withoutProof.equals(expected) && !withoutProof.startsWith(expected + ",")) {
      throw new SaslException(SaslFailure.NOT_AUTHORIZED, "other nonce or binding");
    }
    byte[] proof;
    try {
      proof = Base64.getDecoder().decode(message.substring(proofAt + 3));
    } catch (IllegalArgumentException e) {
      throw new SaslException(SaslFailure.INCORRECT_ENCODING, "proof is not Base64");
    }
    String authMessage = clientFirstBare + "," + serverFirst + "," + withoutProof;
    byte[] signature = Scram.hmac(hash, verifier.storedKey(), authMessage);
    if (proof.length != signature.length) {
      throw new SaslException(SaslFailure.NOT_AUTHORIZED, "proof of another length");
    }
    byte[] clientKey = new byte[proof.length];
    for (int i = 0; i < proof.length; i++) {
      clientKey[i] = (byte) (proof[i] ^ signature[i]);
    }
    if (!MessageDigest.isEqual(Scram.digest(hash, clientKey), verifier.storedKey())) {
      throw new SaslException(SaslFailure.NOT_AUTHORIZED, "wrong password");
    }
    byte[] serverSignature = Scram.hmac(hash, verifier.serverKey(), authMessage);
    return ("v=" + Base64.getEncoder().encodeToString(serverSignature))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String unescape(String name) throws SaslException {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '=') {
        out.append(c);
      } else if (name.startsWith("=2C", i)) {
        out.append(',');
        i += 2;
      } else if (name.startsWith("=3D", i)) {
        out.append('=');
        i += 2;
      } else {
        throw malformed("a lone = in a name");
      }
    }
    return out.toString();
  }

  private static SaslException malformed(String why) {
    return new SaslException(SaslFailure.MALFORMED_REQUEST, why);
  }
}
