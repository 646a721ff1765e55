package org.meetjar.xmpp.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramExchangeTest {
  private static ScramVerifier pencil(ScramHash hash, String salt) {
    return ScramVerifier.of(hash, "pencil", Base64.getDecoder().decode(salt), 4096);
  }

  private static String text(byte[] message) {
    return new String(message, UTF_8);
  }

  @Test
  void theExampleOfRfc5802() throws SaslException {
    ScramExchange exchange =
        new ScramExchange(
            ScramHash.SHA_1,
            "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL".getBytes(UTF_8),
            "3rfcNHYJY1ZVvWVs7j");

    assertThat(exchange.username()).isEqualTo("user");
    assertThat(text(exchange.challenge(pencil(ScramHash.SHA_1, "QSXCR+Q6sek8bf92"))))
        .isEqualTo("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
    assertThat(
            text(
                exchange.verify(
                    ("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                            + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
                        .getBytes(UTF_8))))
        .isEqualTo("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
  }

  @Test
  void theExampleOfRfc7677() throws SaslException {
    ScramExchange exchange =
        new ScramExchange(
            ScramHash.SHA_256,
            "n,,n=user,r=rOprNGfwEbeRWgbNEkqO".getBytes(UTF_8),
            "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");

    assertThat(text(exchange.challenge(pencil(ScramHash.SHA_256, "W22ZaJ0SNY7soEsUEjb6gQ=="))))
        .isEqualTo(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    assertThat(
            text(
                exchange.verify(
                    ("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
                        .getBytes(UTF_8))))
        .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another proof
        "c=biws,r=abcserver,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        // another nonce
        "c=biws,r=abcother,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        // another binding
        "c=eSws,r=abcserver,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        // a short proof
        "c=biws,r=abcserver,p=v0X8",
      })
  void aWrongProofIsNotAuthorized(String clientFinal) throws SaslException {
    ScramExchange exchange =
        new ScramExchange(ScramHash.SHA_1, "n,,n=user,r=abc".getBytes(UTF_8), "server");
    exchange.challenge(pencil(ScramHash.SHA_1, "QSXCR+Q6sek8bf92"));

    assertThatThrownBy(() -> exchange.verify(clientFinal.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            SaslException.class,
            e -> assertThat(e.failure()).isEqualTo(SaslFailure.NOT_AUTHORIZED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n",
        "n,,",
        "n,,n=user",
        "n,,n=,r=abc",
        "n,,n=user,r=",
        "n,,m=ext,n=user,r=abc",
        "n,,n=us=er,r=abc",
        "n,user,n=user,r=abc",
        "p=tls-unique,,n=user,r=abc",
        "x,,n=user,r=abc"
      })
  void aMalformedBeginningIsRefused(String clientFirst) {
    assertThatThrownBy(
            () -> new ScramExchange(ScramHash.SHA_1, clientFirst.getBytes(UTF_8), "server"))
        .isInstanceOfSatisfying(
            SaslException.class,
            e -> assertThat(e.failure()).isEqualTo(SaslFailure.MALFORMED_REQUEST));
  }

  @Test
  void namesAreUnescapedAndBroughtToOneForm() throws SaslException {
    assertThat(
            new ScramExchange(
                    ScramHash.SHA_1,
                    "n,a=me@meet.example,n=Al=2Cice=3D,r=abc".getBytes(UTF_8),
                    "server")
                .username())
        .isEqualTo("al,ice=");
  }

  @Test
  void anUnknownAccountAlwaysHasTheSameSalt() {
    UnknownAccounts unknown = new UnknownAccounts(new SecureRandom());

    assertThat(unknown.verifier(ScramHash.SHA_1, "nobody").salt())
        .isEqualTo(unknown.verifier(ScramHash.SHA_1, "nobody").salt())
        .isNotEqualTo(unknown.verifier(ScramHash.SHA_1, "somebody").salt());
    assertThat(unknown.verifier(ScramHash.SHA_256, "nobody").matches("")).isFalse();
  }
}
