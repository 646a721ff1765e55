package org.meetjar.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of RFC 3711 appendix B and RFC 7714 sections 16 and 17. */
class SrtpVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private static final String PLAINTEXT =
      "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";

  private static byte[] hex(String text) {
    return HEX.parseHex(text.replaceAll("\\s", ""));
  }

  @Test
  void derivesTheSessionKeysOfRfc3711B3() {
    SrtpKeys keys =
        new SrtpKeys(
            SrtpProfile.AES128_CM_HMAC_SHA1_80,
            hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
            hex("0EC675AD498AFEEBB6960B3AABE6"));

    assertThat(KeyDerivation.derive(keys, KeyDerivation.RTP_ENCRYPTION, 16))
        .isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
    assertThat(KeyDerivation.derive(keys, KeyDerivation.RTP_SALT, 14))
        .isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
    assertThat(KeyDerivation.derive(keys, KeyDerivation.RTP_AUTHENTICATION, 94))
        .isEqualTo(
            hex(
                """
                CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE
                E049646C43D9327AD175578EF7227098 6371C10C9A369AC2F94A8C5FBCDDDC25
                6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2
                """));
  }

  static List<Function<byte[], Gcm>> libraries() {
    return GcmTest.LIBRARIES;
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void protectsTheRtpPacketOfRfc7714Section16(Function<byte[], Gcm> library) {
    GcmCipher cipher = withSessionKeys(library);
    byte[] packet = hex("8040f17b8041f8d35501a0b2" + PLAINTEXT + "00".repeat(20));
    int length = 12 + PLAINTEXT.length() / 2;

    int sealed = cipher.protectRtp(packet, 0, length, 12, 0xf17bL);

    assertThat(Arrays.copyOf(packet, sealed))
        .isEqualTo(
            hex(
                """
                8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca
                be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1
                6a9152cf 765ee439 0cce
                """));
    assertThat(cipher.unprotectRtp(packet, 0, sealed, 12, 0xf17bL)).isEqualTo(length);
    assertThat(Arrays.copyOfRange(packet, 12, length)).isEqualTo(hex(PLAINTEXT));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void protectsTheRtcpPacketOfRfc7714Section17(Function<byte[], Gcm> library) {
    GcmCipher cipher = withSessionKeys(library);
    String plain =
        """
        81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
        deadbeef deadbeef deadbeef deadbeef deadbeef
        """;
    byte[] packet = hex(plain + "00".repeat(24));
    int length = hex(plain).length;

    int sealed = cipher.protectRtcp(packet, 0, length, 0x5d4);

    assertThat(Arrays.copyOf(packet, sealed))
        .isEqualTo(
            hex(
                """
                81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7
                6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458
                96cf4d2f c5abf872 45d9eade 800005d4
                """));
    assertThat(cipher.unprotectRtcp(packet, 0, sealed, 0x8000_05d4)).isEqualTo(length);
    assertThat(Arrays.copyOf(packet, length)).isEqualTo(hex(plain));
  }

  private static GcmCipher withSessionKeys(Function<byte[], Gcm> library) {
    byte[] key = hex("000102030405060708090a0b0c0d0e0f");
    byte[] salt = hex("517569642070726f2071756f");
    return new GcmCipher(key, salt, key, salt, library);
  }
}
